import { expect, it } from 'vitest';
import { readAnswer } from './subscription-answers.ts';

it.each([
  ['auth_failure', { message: 'failed_authentication' }, 'refused'],
  ['auth_failure', undefined, 'refused'],
  ['failed_authentication', 'no', 'refused'],
  ['unauthorized', { message: 'jwt expired' }, 'refused'],
  ['exception', { status: 'error' }, 'refused'],
  ['subscribe_error', undefined, 'refused'],
  ['error', { message: 'invalid binding' }, 'refused'],
  ['error', { message: 'Binding already in use' }, 'renewed'],
  ['error', ['binding already in use'], 'renewed'],
  ['call_error', {}, null],
  ['CHANNEL_CREATE', { 'Call-ID': 'already in use' }, null],
])('%s with %j is %s', (name, said, answer) => expect(readAnswer(name, said)).toBe(answer));
