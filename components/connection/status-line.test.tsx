// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { en } from '../../utils/i18n/en.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press } from '../testing/mount.tsx';
import { connectedSession } from '../testing/samples.ts';
import { connectionSummary } from './connection-summary.ts';
import { StatusLine } from './status-line.tsx';

it.each([
  ['device_revoked', true],
  ['relay_permission_missing', true],
  ['relay_unreachable', false],
] as const)('what the options mend leads there: %s %s', async (code, leads) => {
  const openOptions = vi.fn();
  const state = { session: connectedSession(), failure: { code, message: '' }, busy: false };
  const summary = connectionSummary(state, { calls: [], answeredAt: 0, now: 0 }, null);
  await mount(
    fakeView(fakeSend({}).send, { openOptions }),
    <StatusLine summary={summary} onRetry={() => {}} hasKeys={false} onKeys={() => {}} />,
  );
  expect(find('[role=status]').textContent).toBe(en[`failure_${code}`]);
  const link = document.querySelector('[data-testid=status-mend]');
  expect(link !== null).toBe(leads);
  if (link) await press('[data-testid=status-mend]');
  expect(openOptions).toHaveBeenCalledTimes(leads ? 1 : 0);
});

it.each([
  ['opens the side panel', Promise.resolve(true), true],
  ['has no button for one in a window that cannot have it', Promise.resolve(false), false],
  ['has no button for one in the panel itself', undefined, false],
])('%s', async (_, isPossible, has) => {
  const open = vi.fn(async () => true);
  const summary = connectionSummary({ session: null, failure: null, busy: false }, { calls: [], answeredAt: 0, now: 0 }, null);
  await mount(
    fakeView(fakeSend({}).send, isPossible && { panel: { isPossible, open } }),
    <StatusLine summary={summary} onRetry={() => {}} hasKeys={false} onKeys={() => {}} />,
  );
  expect(document.querySelector('[data-testid=open-panel]') !== null).toBe(has);
  if (has) await press('[data-testid=open-panel]');
  expect(open.mock.calls).toEqual(has ? [[]] : []);
});
