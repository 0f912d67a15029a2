import { describe, expect, it } from 'vitest';
import { agentRecord } from '../testing/samples.ts';
import { changeOf, draftOf, rebase } from './agent-draft.ts';

const agent = agentRecord();
const draft = draftOf(agent);

describe('changeOf', () => {
  it.each([
    ['nothing', {}, {}],
    ['spaces around a name', { name: ' Nguyễn Thị Lan ' }, {}],
    ['a new device', { sipUser: '150-lan' }, { sipUser: '150-lan' }],
    ['a device taken away', { sipUser: ' ' }, { sipUser: null }],
    ['a password', { sipPassword: ' kept as typed ' }, { sipPassword: ' kept as typed ' }],
    ['role and activity', { role: 'admin', active: false }, { role: 'admin', active: false }],
  ] as const)('of %s', (_, typed, change) => {
    expect(changeOf({ ...draft, ...typed }, agent)).toEqual(change);
  });
});

describe('rebase', () => {
  it.each([
    ['takes what was not touched', {}, { sipUser: '140' }, { sipUser: '140' }, {}],
    ['keeps what was typed', { name: 'Lan N.' }, { sipUser: '140' }, { name: 'Lan N.', sipUser: '140' }, {}],
    ['tells both where both changed', { sipUser: '150' }, { sipUser: '140' }, { sipUser: '150' }, { sipUser: '140' }],
    ['is quiet where both changed to the same', { sipUser: '140' }, { sipUser: '140' }, { sipUser: '140' }, {}],
    ['never loses a typed password', { sipPassword: 'new' }, { hasSipPassword: false }, { sipPassword: 'new' }, {}],
  ] as const)('%s', (_, typed, newer, result, theirs) => {
    expect(rebase({ ...draft, ...typed }, agent, { ...agent, ...newer, version: 4 })).toEqual({
      draft: { ...draft, ...result },
      theirs,
    });
  });
});
