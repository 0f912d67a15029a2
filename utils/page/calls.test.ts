import { describe, expect, it, vi } from 'vitest';
import { en } from '../i18n/en.ts';
import pageEn from '../i18n/page-en.ts';
import pageVi from '../i18n/page-vi.ts';
import { createTranslate } from '../i18n/translate.ts';
import { vi as viewVi } from '../i18n/vi.ts';
import type { CallProgress, CallReply, OpenCall } from './caller.ts';
import { createCalls } from './calls.ts';

const NUMBER = '+84901234567';
const placed = (state: string, code?: string, message = 'From the relay.'): CallReply => ({
  ok: true,
  value: { state, reason: code ? { code, message } : null },
});

function calls(
  reply: CallReply | Promise<CallReply>,
  words: Record<keyof typeof pageEn, string> = pageEn,
  progress: () => Promise<CallProgress | undefined> = async () => undefined,
  openCalls: () => Promise<OpenCall[]> = async () => [],
  outcome: (key: string, at: number) => Promise<CallReply> = async () => placed('unknown'),
  refusalOf: Parameters<typeof createCalls>[0]['refusalOf'] = async () => null,
) {
  const call = vi.fn((..._: unknown[]) => ({ key: 'k', settled: Promise.resolve(reply) }));
  const onChange = vi.fn();
  const eyes = { areHere: true };
  const clock = { now: new Date('2026-07-03T14:05:00').getTime() };
  const delayed = new Set<{ work: () => void; milliseconds: number }>();
  const made = createCalls({
    caller: { call, progress, openCalls, outcome, offer: async () => false },
    translate: createTranslate(words),
    onChange,
    now: () => clock.now,
    reasonOf: () => undefined,
    refusalOf,
    isSeen: () => eyes.areHere,
    delay(work, milliseconds) {
      const later = { work, milliseconds };
      delayed.add(later);
      return () => delayed.delete(later);
    },
  });
  const run = (longest: number) => {
    for (const later of [...delayed])
      if (later.milliseconds <= longest) {
        delayed.delete(later);
        later.work();
      }
  };
  const ringOut = () => run(10_000);
  /** Advances a followed call by one second and lets the pending progress request be answered. */
  const tick = async () => {
    run(1_000);
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { ...made, call, made, ringOut, tick, clock, eyes, onChange };
}

describe('outcomes', () => {
  it.each<[string, CallReply, string, string]>([
    ['accepted', placed('accepted'), 'ringing', pageEn.sent],
    ['offline', placed('rejected', 'device_offline'), 'failed', pageEn.error_device_offline],
    ['a code unknown here', placed('rejected', 'moon_phase'), 'failed', 'From the relay.'],
    ['not sent', placed('not_sent'), 'failed', pageEn.notPlaced],
    ['unknown', placed('unknown'), 'unknown', pageEn.error_outcome_unknown],
    ['a state unknown here', placed('sideways'), 'unknown', pageEn.error_outcome_unknown],
    ['still running', placed('dispatching'), 'unknown', pageEn.error_outcome_unknown],
    ['lost', { ok: false, error: { code: 'outcome_unknown', message: '' } }, 'unknown', pageEn.error_outcome_unknown],
    ['not connected', { ok: false, error: { code: 'not_connected', message: '' } }, 'failed', pageEn.error_not_connected],
  ])('%s', async (_, reply, phase, text) => {
    const { made } = calls(reply);
    await made.place(NUMBER, undefined);
    expect(made.of(NUMBER)).toEqual({ phase, text });
  });

  it.each<[string, Awaited<ReturnType<Parameters<typeof createCalls>[0]['refusalOf']>>, object]>([
    ['where a reason would do', { text: 'Allowed today: 08:00–17:00.', overridable: true }, { needsReason: true }],
    ['where none does', { text: 'Allowed today: 08:00–17:00.', overridable: false }, { needsReason: false }],
    ['where the relay does not answer', undefined, { text: pageEn.error_outside_sales_hours }],
    ['that is over by now', null, { text: pageEn.error_outside_sales_hours }],
  ])('outside the sales hours, %s', async (_, refusal, expected) => {
    const code = 'outside_sales_hours';
    for (const reply of [placed('not_sent', code), { ok: false as const, error: { code, message: '' } }]) {
      const { made } = calls(reply, pageEn, undefined, undefined, undefined, async () => refusal);
      await made.place(NUMBER, undefined);
      expect(made.of(NUMBER)).toEqual({ phase: 'failed', ...(refusal && { text: refusal.text }), ...expected });
    }
  });

  it('says nothing of a refusal to somebody who has closed it, or called again, meanwhile', async () => {
    const { promise, resolve } = Promise.withResolvers<{ text: string; overridable: boolean }>();
    const refused = placed('not_sent', 'outside_sales_hours');
    const { made } = calls(refused, pageEn, undefined, undefined, undefined, () => promise);
    const placing = made.place(NUMBER, undefined);
    await vi.waitFor(() => expect(made.of(NUMBER).phase).toBe('failed'));
    made.reset(NUMBER);
    resolve({ text: 'Allowed today: 08:00–17:00.', overridable: true });
    await placing;
    expect(made.of(NUMBER)).toEqual({ phase: 'idle' });
  });

  it('suggests the other device, and rings it only for another press', async () => {
    const reply = placed('rejected', 'device_offline');
    const { made, call } = calls({
      ...reply,
      value: { ...(reply as { value: object }).value, other: { id: 'm', name: 'Mobile' } },
    } as CallReply);
    await made.place(NUMBER, undefined);
    expect(made.of(NUMBER)).toMatchObject({ phase: 'failed', other: { name: 'Mobile' } });
    expect(call.mock.calls).toEqual([[NUMBER, 'page', {}]]);
    await made.place(NUMBER, undefined, 'm');
    expect(call.mock.calls[1]).toEqual([NUMBER, 'page', { sipDevice: 'm' }]);
  });

  it('names the extension to dial', async () => {
    const { made, call } = calls(placed('accepted'), pageVi);
    await made.place(NUMBER, '123');
    expect([made.of(NUMBER).text, call.mock.calls[0]?.at(-1)]).toEqual([expect.stringContaining('123'), { extension: '123' }]);
  });
});

describe('one call at a time', () => {
  it('refuses a second one while placing and while ringing, and allows it afterwards', async () => {
    const { promise, resolve } = Promise.withResolvers<CallReply>();
    const { made, call, ringOut } = calls(promise);
    const first = made.place(NUMBER, undefined);
    await made.place(NUMBER, undefined);
    resolve(placed('accepted'));
    await first;
    await made.place(NUMBER, undefined);
    expect(call).toHaveBeenCalledTimes(1);
    ringOut();
    await made.place(NUMBER, undefined);
    expect(call).toHaveBeenCalledTimes(2);
  });

  it('shows and follows nothing more once it was stopped under way', async () => {
    const { promise, resolve } = Promise.withResolvers<CallReply>();
    const progress = vi.fn(told(['talking']));
    const { made, onChange } = calls(promise, pageEn, progress);
    const placing = made.place(NUMBER, undefined);
    made.stop();
    onChange.mockClear();
    resolve(placed('accepted'));
    await placing;
    expect([onChange.mock.calls, progress.mock.calls, made.of(NUMBER)]).toEqual([[], [], { phase: 'idle' }]);
  });

  it('lets another number be called meanwhile', async () => {
    const { made, call } = calls(new Promise(() => {}));
    void made.place(NUMBER, undefined);
    void made.place('19001234', undefined);
    expect(call).toHaveBeenCalledTimes(2);
  });
});

/** Gives the answers in turn, and the last one from then on. */
const told =
  (...stages: [stage: CallProgress['stage'], live?: boolean][]) =>
  async (): Promise<CallProgress> => {
    const [stage, live = true] = (stages.length > 1 ? stages.shift() : stages[0]) ?? ['unknown'];
    return { stage, since: Date.now(), live, signals: live };
  };
const again = pageEn.confirmAgain.replace('{time}', '14:05');

describe('a number that was called', () => {
  it('asks for 45 seconds before it is called again, where nobody tells how the call goes on', async () => {
    const { made, ringOut, clock } = calls(placed('accepted'));
    await made.place(NUMBER, undefined);
    ringOut();
    expect([made.isLocked(NUMBER), made.questionOf(NUMBER)]).toEqual([false, again]);
    clock.now += 44_000;
    expect(made.questionOf(NUMBER)).toBe(again);
    clock.now += 1_000;
    expect([made.questionOf(NUMBER), made.questionOf('19001234')]).toEqual([undefined, undefined]);
  });

  it.each([
    ['was not placed', placed('rejected', 'device_offline'), undefined],
    ['may have been placed', placed('unknown'), pageEn.confirmAfterUnknown],
  ])('of a call that %s asks no more than is known', async (_, reply, question) => {
    const { made } = calls(reply);
    await made.place(NUMBER, undefined);
    expect(made.questionOf(NUMBER)).toBe(question);
  });

  it('still asks after a doubtful call whose question was put away', async () => {
    const { made } = calls(placed('unknown'));
    await made.place(NUMBER, undefined);
    made.ask(NUMBER, made.questionOf(NUMBER) ?? '');
    expect(made.questionOf(NUMBER)).toBe(pageEn.confirmAfterUnknown);
    made.reset(NUMBER);
    expect(made.questionOf(NUMBER)).toBe(pageEn.confirmAfterUnknown);
  });

  it('from elsewhere is asked about in the words of whoever knows of it, and called by the answer', async () => {
    const { made, call, onChange } = calls({ ok: false, error: { code: 'called_recently', message: 'Again?' } });
    await made.place(NUMBER, undefined);
    expect([made.of(NUMBER), made.isLocked(NUMBER), onChange.mock.calls.length]).toEqual([
      { phase: 'asking', text: 'Again?' },
      false,
      2,
    ]);
    await made.place(NUMBER, undefined, undefined, true);
    expect(call.mock.calls.map(([, , wishes]) => wishes)).toEqual([{}, { isAgain: true }]);
  });

  it('is called at once when the end of the call was told', async () => {
    const { made, tick } = calls(placed('accepted'), pageEn, told(['ringing'], ['ended']));
    await made.place(NUMBER, undefined);
    for (let second = 0; second < 4; second++) await tick();
    expect([made.of(NUMBER).text, made.questionOf(NUMBER)]).toEqual([pageEn.progress_ended, undefined]);
  });
});

describe('a call that was on before the page was loaded', () => {
  const before: OpenCall = { number: NUMBER, key: 'k', at: new Date('2026-07-03T14:05:00').getTime(), isDoubtful: false };
  const resumed = async (...stages: Parameters<typeof told>) => {
    const { made, tick } = calls(placed('accepted'), pageEn, told(...stages), async () => [{ ...before, extension: '123' }]);
    await made.resume();
    await tick();
    return made;
  };
  it('is followed, and its number locked', async () => {
    const made = await resumed(['talking']);
    expect([made.of(NUMBER).phase, made.isLocked(NUMBER)]).toEqual(['talking', true]);
  });

  it.each<[CallProgress['stage'], string]>([
    ['sent', pageEn.sentExtension.replace('{extension}', '123')],
    ['talking', `Talking 0:00 · ${pageEn.card_extension.replace('{extension}', '123')}`],
  ])('still names the extension to dial: %s', async (stage, text) => {
    expect((await resumed([stage])).of(NUMBER).text).toBe(text);
  });

  it('is asked about where nobody tells of it', async () => {
    const made = await resumed(['sent', false]);
    expect([made.of(NUMBER), made.questionOf(NUMBER)]).toEqual([{ phase: 'idle' }, again]);
  });

  it('does not take the place of one that was placed here since', async () => {
    const { made } = calls(new Promise(() => {}), pageEn, told(['talking']), async () => [before]);
    void made.place(NUMBER, undefined);
    await made.resume();
    expect(made.of(NUMBER).phase).toBe('placing');
  });

  it('is asked about, and then followed, also when a press came before it was known', async () => {
    const { promise, resolve } = Promise.withResolvers<OpenCall[]>();
    const { made, tick, ringOut } = calls(placed('accepted'), pageEn, told(['talking']), () => promise);
    const known = made.resume();
    const early = made.questionOf(NUMBER);
    made.ask(NUMBER, early ?? '');
    resolve([before]);
    await known;
    expect([early, made.of(NUMBER).text, made.questionOf('19001234')]).toEqual([pageEn.confirm, again, undefined]);
    made.reset(NUMBER);
    expect(made.questionOf(NUMBER)).toBe(again);
    ringOut();
    await tick();
    expect(made.isLocked(NUMBER)).toBe(true);
  });

  it('is asked about however old, until it is heard whether it is on', async () => {
    const { made, tick, eyes, clock } = calls(placed('accepted'), pageEn, told(['sent', false]), async () => [before]);
    clock.now += 30 * 60_000;
    eyes.areHere = false;
    await made.resume();
    await tick();
    expect(made.questionOf(NUMBER)).toBe(again);
    eyes.areHere = true;
    for (let second = 0; second < 10; second++) await tick();
    expect(made.questionOf(NUMBER)).toBeUndefined();
  });

  it('of which nobody knows whether it was placed is asked about in those words', async () => {
    const { made } = calls(placed('accepted'), pageEn, undefined, async () => [{ ...before, isDoubtful: true }]);
    await made.resume();
    expect(made.questionOf(NUMBER)).toBe(pageEn.confirmAfterUnknown);
  });

  it.each<[reply: CallReply, phase: string, text: string | undefined]>([
    [placed('rejected', 'device_offline'), 'failed', pageEn.error_device_offline],
    [placed('accepted'), 'ringing', pageEn.sent],
  ])('is waited for, and its number locked, while it is being placed: %o', async (reply, phase, text) => {
    const { promise, resolve } = Promise.withResolvers<CallReply>();
    const outcome = vi.fn(() => promise);
    const { made, clock } = calls(placed('accepted'), pageEn, undefined, async () => [{ ...before, isDoubtful: true }], outcome);
    clock.now += 5_000;
    await made.resume();
    expect([made.of(NUMBER).phase, made.isLocked(NUMBER), outcome.mock.calls]).toEqual(['placing', true, [['k', before.at]]]);
    resolve(reply);
    await vi.waitFor(() => expect(made.of(NUMBER)).toMatchObject({ phase, text }));
  });

  it('is only asked about where it was pressed too long ago to be placed still', async () => {
    const outcome = vi.fn(async () => placed('accepted'));
    const { made, clock } = calls(placed('accepted'), pageEn, undefined, async () => [{ ...before, isDoubtful: true }], outcome);
    clock.now += 20_000;
    await made.resume();
    expect([made.of(NUMBER).phase, made.questionOf(NUMBER)]).toEqual(['idle', pageEn.confirmAfterUnknown]);
    expect(outcome).not.toHaveBeenCalled();
  });

  it('keeps a question open while nobody tells of it', async () => {
    const { made, tick } = calls(placed('accepted'), pageEn, told(['sent', false]), async () => [before]);
    await made.resume();
    made.ask(NUMBER, 'Call?');
    for (let second = 0; second < 10; second++) await tick();
    expect(made.of(NUMBER).phase).toBe('asking');
  });

  it('keeps no press waiting where nobody can say which calls are on', async () => {
    const { made } = calls(placed('accepted'), pageEn, undefined, () => Promise.reject(new Error('The background died.')));
    await made.resume();
    expect(made.questionOf(NUMBER)).toBeUndefined();
  });
});

describe('what is told of a call', () => {
  const words = [
    [pageEn, en],
    [pageVi, viewVi],
  ] as const;
  it.each(words)('no more than its signals tell, in the words of the popup', async (page, view) => {
    const stages: CallProgress['stage'][] = ['sent', 'ringing', 'talking'];
    const progress = async (): Promise<CallProgress> => ({
      stage: stages.shift() ?? 'talking',
      since: Date.now(),
      live: true,
      signals: true,
    });
    const { made, tick } = calls(placed('accepted'), page, progress);
    const said: unknown[] = [];
    await made.place(NUMBER, undefined);
    for (let second = 0; second < 6; second++) {
      said.push(made.of(NUMBER).text);
      await tick();
    }
    const talking = view.live_talking.replace('{time}', '0:00');
    expect([...new Set(said)]).toEqual([view.placed_sent, view.live_ringing, talking]);
  });
});

it('tells to pick up, and what to dial, until the other end rings', async () => {
  const { made, tick } = calls(placed('accepted'), pageEn, told(['pickUp'], ['pickUp'], ['ringing'], ['talking']));
  await made.place(NUMBER, '123');
  const said = new Set<string | undefined>();
  const locked = new Set<boolean>();
  for (let second = 0; second < 10; second++) {
    await tick();
    said.add(made.of(NUMBER).text);
    locked.add(made.isLocked(NUMBER));
  }
  const dial = pageEn.sentExtension.replace('{extension}', '123');
  expect([...said].slice(0, 2)).toEqual([dial, pageEn.progress_ringing]);
  expect([made.of(NUMBER).phase, [...locked]]).toEqual(['talking', [true]]);
});

it('shows nothing anew while the same is told', async () => {
  const { made, tick, onChange } = calls(placed('accepted'), pageEn, told(['sent']));
  await made.place(NUMBER, undefined);
  for (let second = 0; second < 20; second++) await tick();
  expect([made.of(NUMBER).phase, onChange.mock.calls]).toEqual(['ringing', [[NUMBER], [NUMBER]]]);
});

it('is followed again when somebody looks who was away while it began', async () => {
  const { made, tick, ringOut, eyes } = calls(placed('accepted'), pageEn, told(['talking']));
  eyes.areHere = false;
  await made.place(NUMBER, undefined);
  for (let second = 0; second < 3; second++) await tick();
  ringOut();
  expect(made.isLocked(NUMBER)).toBe(false);
  eyes.areHere = true;
  await tick();
  expect([made.of(NUMBER).phase, made.isLocked(NUMBER)]).toEqual(['talking', true]);
});

describe('signals that stay away', () => {
  const silence = Array.from({ length: 8 }, (): [CallProgress['stage'], boolean] => ['sent', false]);

  it.each(['talking', 'pickUp'] as const)('while %s are said, asked about, and taken up when they come back', async (stage) => {
    const { made, tick } = calls(placed('accepted'), pageEn, told([stage], ...silence, ['talking']));
    await made.place(NUMBER, undefined);
    for (let second = 0; second < 12; second++) await tick();
    expect(made.of(NUMBER)).toEqual({ phase: 'unknown', text: pageEn.progress_lost });
    expect(made.questionOf(NUMBER)).toBe(pageEn.confirmAfterUnknown);
    for (let second = 0; second < 8; second++) await tick();
    expect([made.of(NUMBER).phase, made.isLocked(NUMBER)]).toEqual(['talking', true]);
  });

  it('from a call that was never told of say nothing', async () => {
    const { made, tick } = calls(placed('accepted'), pageEn, told(['sent'], ...silence));
    await made.place(NUMBER, undefined);
    for (let second = 0; second < 12; second++) await tick();
    expect(made.of(NUMBER)).toEqual({ phase: 'idle' });
  });
});

it('says every sentence in both languages with the same values', () => {
  const values = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const key of Object.keys(pageEn) as (keyof typeof pageEn)[])
    expect([key, values(pageVi[key])]).toEqual([key, values(pageEn[key])]);
});
