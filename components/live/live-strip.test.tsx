// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { nothingLive } from '../../utils/live/live-state.ts';
import { fail, type Reply, succeed } from '../../utils/reply.ts';
import type { LiveState, SeenCall } from '../../utils/storage.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, settle } from '../testing/mount.tsx';
import { ViewContext } from '../view/view.ts';
import { LiveStrip } from './live-strip.tsx';

const call = (more: Partial<SeenCall> = {}): SeenCall => ({
  callId: 'c',
  direction: 'inbound',
  peer: { number: '+84912345678', name: null },
  startedAt: Date.now() - 20_000,
  answeredAt: null,
  endedAt: null,
  talkSeconds: null,
  ...more,
});
const known = { name: 'Trần Văn Minh', lines: ['Last spoken Yesterday 10:20', 'Hẹn báo giá'] };
const hearing = (...calls: SeenCall[]): LiveState => ({ ...nothingLive, link: 'open', signals: true, calls });

beforeAll(() => import('./live-calls.tsx'));
afterEach(() => void vi.useRealTimers());

async function open(answers: Reply<typeof known>[] = []) {
  const { send, sent } = fakeSend({ getCaller: () => answers.shift() ?? succeed(known) });
  const view = fakeView(send);
  const strip = (live: LiveState | null) => <LiveStrip live={live} region="VN" />;
  const { root } = await mount(view, strip(null));
  const hear = async (live: LiveState | null) => {
    await act(() => render(<ViewContext.Provider value={view}>{strip(live)}</ViewContext.Provider>, root));
    await settle();
  };
  return { hear, sent };
}
const said = () => find('[data-testid=live-said]');

it('tells each stage of a call, but not its running time, in one place that is there before it', async () => {
  const { hear } = await open();
  const place = said();
  expect(place.textContent).toBe('');
  for (const [more, stage] of [
    [{}, 'Incoming call'],
    [{ answeredAt: Date.now() - 12_000 }, 'In a call'],
    [{ answeredAt: Date.now() - 12_000, endedAt: Date.now(), talkSeconds: 12 }, 'Ended, talked 0:12'],
  ] as const) {
    await hear(hearing(call(more)));
    expect(said()).toBe(place);
    expect(place.textContent).toBe(`Trần Văn Minh: ${stage}`);
  }
  await hear(hearing());
  expect(said()).toBe(place);
  expect(place.textContent).toBe('');
});

it('shows what earlier calls tell of who calls, asked once, until the call is over', async () => {
  const { hear, sent } = await open();
  for (const more of [{}, { answeredAt: Date.now() }]) {
    await hear(hearing(call(more)));
    expect(find('[data-testid=live-call]').textContent).toContain('Trần Văn Minh0912 345 678 · ');
    expect(find('[data-testid=live-known]').textContent).toBe(known.lines.join(''));
  }
  await hear(hearing(call({ endedAt: Date.now() })));
  expect(find('[data-testid=live-call]').textContent).toBe('Trần Văn Minh0912 345 678 · Ended, not answered');
  expect(sent).toEqual([{ name: 'getCaller', data: '+84912345678' }]);
});

it('asks again who calls after a failed answer, at the next change', async () => {
  const { hear, sent } = await open([fail('relay_unreachable'), fail('relay_timeout')]);
  for (const asked of [1, 2, 3, 3]) {
    await hear(hearing(call()));
    expect(sent).toHaveLength(asked);
  }
  expect(said().textContent).toBe('Trần Văn Minh: Incoming call');
});

it.each(['off', 'opening', 'waiting', 'open'] as const)('says after a moment of a talk that is not heard: %s', async (link) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { hear } = await open([]);
  const [talk, ended] = [
    call({ direction: 'outbound', answeredAt: Date.now() - 12_000 }),
    call({ callId: 'e', endedAt: Date.now() }),
  ];
  const stage = () => [...find('[data-testid=live]').querySelectorAll('.live-state')].map((one) => one.textContent);
  const opens: LiveState['link'][] = link === 'off' ? [] : ['off'];
  for (const step of [...opens, link]) {
    await hear({ ...hearing(talk, ended), link: step, signals: false });
    await act(() => void vi.advanceTimersByTime(1_000));
  }
  expect(stage()[0]).toMatch(/^Talking/);
  await act(() => void vi.advanceTimersByTime(1_000));
  expect(stage()).toEqual(['In progress when last heard of', expect.stringContaining('Ended, not answered')]);
  await hear(hearing(talk));
  expect(stage()[0]).toMatch(/^Talking/);
});

it.each([
  ['that the agent places', { direction: 'outbound' }],
  ['of a colleague', { direction: 'internal', peer: { number: 'thutran', name: null } }],
  ['of a hidden number', { peer: { number: 'anonymous', name: null } }],
] as const)('asks of no call %s', async (_, more) => {
  const { hear, sent } = await open();
  await hear(hearing(call(more)));
  expect(sent).toEqual([]);
});

it('lets keys scroll the calls only where there are more than fit', async () => {
  const { hear } = await open();
  const scrollHeight = vi.spyOn(Element.prototype, 'scrollHeight', 'get');
  const clientHeight = vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get');
  clientHeight.mockReturnValue(190);
  for (const [height, index] of [
    [190, null],
    [400, '0'],
    [120, null],
  ] as const) {
    scrollHeight.mockReturnValue(height);
    await hear(hearing(call()));
    expect(find('[data-testid=live-box]').getAttribute('tabindex')).toBe(index);
  }
  scrollHeight.mockRestore();
  clientHeight.mockRestore();
});

it('names a number that is kept back in words', async () => {
  const { hear } = await open();
  await hear(hearing(call({ peer: { number: 'anonymous', name: null } })));
  expect(find('[data-testid=live-call]').textContent).toBe('Hidden numberIncoming call');
  expect(said().textContent).toBe('Hidden number: Incoming call');
});
