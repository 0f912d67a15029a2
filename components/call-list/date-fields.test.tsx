// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { en } from '../../utils/i18n/en.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount } from '../testing/mount.tsx';
import DateFields from './date-fields.tsx';

it.each([
  ['2026-07-10', '2026-07-01', true],
  ['2026-07-01', '2026-07-01', false],
  ['2026-07-01', '', false],
  ['', '', false],
])('days from %j to %j run backwards: %s', async (from, to, isBackwards) => {
  await mount(fakeView(fakeSend({}).send), <DateFields range={{ kind: 'custom', from, to }} onRange={() => {}} />);
  expect(find('[role=alert]').textContent).toBe(isBackwards ? en.days_backwards : '');
  expect(find('[data-testid=range-to]').getAttribute('aria-invalid')).toBe(String(isBackwards));
});
