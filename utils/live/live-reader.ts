import * as v from 'valibot';
import { type LiveCall, LiveCallSchema, LiveStatusSchema } from '../../relay/contract.ts';
import { isHopeless } from '../relay/lost-access.ts';
import type { RelayAccess } from '../relay/relay-access.ts';
import type { Reply } from '../reply.ts';
import { sleep } from '../sleep.ts';
import type { LiveState, SeenCall } from '../storage.ts';
import { byWord, nothingLive, withEvent } from './live-state.ts';
import { readEvents } from './read-events.ts';

export interface LiveReaderDeps extends Pick<RelayAccess, 'relayUrl' | 'pin'> {
  /** Opens the relay's stream of events after the one with that id. */
  open(lastId: string, signal: AbortSignal): Promise<Reply<ReadableStream<Uint8Array>>>;
  item: { getValue(): Promise<LiveState>; setValue(state: LiveState): Promise<void> };
  /** The relay's clock. */
  relayNow(): Promise<number>;
  onCall?: (call: LiveCall) => void;
  /** Calls of which nobody knows any more whether they go on. */
  onLost?: (calls: readonly SeenCall[]) => void;
  /** Somebody has to connect this browser or allow the relay's address first. */
  onHopeless?: () => void;
  /** Whatever arrives, also when nothing happened. */
  onBeat?: () => void;
  pause?: (ms: number, signal: AbortSignal) => Promise<void>;
  random?: () => number;
  silenceMs?: number;
}

/** The relay beats every 15 s. */
const silenceMs = 40_000;
/** How much of what was heard a worker that is killed may take with it. */
const writtenEveryMs = 60_000;
const shortestPauseMs = 1_000;
const longestPauseMs = 60_000;
/** As far back as the relay remembers what ended. */
const catchUpMs = 290_000;

/**
 * Listens to the agent's live calls until the signal aborts and keeps what is known in `item`, where views watch it. Lost
 * connections are opened again where they broke off, later each time, at times that differ between browsers.
 */
export async function runLiveReader(deps: LiveReaderDeps, signal: AbortSignal): Promise<void> {
  const { item, pause = sleep, random = Math.random } = deps;
  const isConnected = await deps.pin();
  const relayUrl = await deps.relayUrl();
  const kept = await item.getValue();
  let state: LiveState = kept.relayUrl === relayUrl ? kept : { ...nothingLive, relayUrl };
  let failures = 0;
  let written = state.heardAt ?? 0;

  async function change(next: Partial<LiveState>) {
    // Not after the end: the last word on a stream that is over is `off`.
    if (signal.aborted) return;
    state = { ...state, ...next };
    written = state.heardAt ?? written;
    await item.setValue(state);
  }

  function lose(lost: readonly SeenCall[]): Pick<LiveState, 'calls'> {
    if (lost.length > 0) deps.onLost?.(lost);
    return { calls: state.calls.filter((call) => !lost.includes(call)) };
  }

  async function listen(stream: ReadableStream<Uint8Array>) {
    for await (const seen of readEvents(stream, { silenceMs: deps.silenceMs ?? silenceMs, signal })) {
      const heardAt = await deps.relayNow();
      state = { ...state, heardAt };
      deps.onBeat?.();
      if (seen.kind === 'beat') {
        if (heardAt - written >= writtenEveryMs) await change({});
        continue;
      }
      const status = seen.event === 'status' ? parse(LiveStatusSchema, seen.data) : null;
      const call = seen.event === 'call' ? parse(LiveCallSchema, seen.data) : null;
      failures = 0;
      const lost = status?.going ? byWord(state.calls, status.going).lost : [];
      const neverAt = status?.never ? heardAt : undefined;
      if (status) await change({ ...lose(lost), link: 'open', signals: status.live, neverAt });
      if (call) {
        await change(withEvent(state, call, seen.id));
        deps.onCall?.(call);
      }
    }
  }

  try {
    while (!signal.aborted) {
      const catchUpFrom = (await deps.relayNow()) - catchUpMs;
      // What ended before, the relay does not repeat: a call would seem to go on for ever. What goes on it tells again.
      if ((state.heardAt ?? 0) < catchUpFrom) state = { ...state, ...lose(state.calls), lastId: null };
      if (state.link !== 'waiting') await change({ link: 'opening', signals: false });
      const lastId = state.lastId ?? `${catchUpFrom}-0`;
      const reply = await deps.open(lastId, signal);
      if (reply.ok) await listen(reply.value);
      else if (isHopeless(reply.error.code)) {
        if (!signal.aborted) deps.onHopeless?.();
        return;
      }
      await change({ link: 'waiting', signals: false });
      const longest = Math.min(longestPauseMs, shortestPauseMs * 2 ** failures);
      failures += 1;
      await pause(longest * (0.5 + random() / 2), signal);
    }
  } finally {
    // Disconnected meanwhile, or connected by another agent: nothing of this agent's calls stays.
    const isSame = (await isConnected()) && (await item.getValue()).relayUrl === relayUrl;
    if (!isSame) lose(state.calls);
    await item.setValue(isSame ? { ...state, link: 'off', signals: false } : nothingLive);
  }
}

function parse<T>(schema: v.GenericSchema<unknown, T>, text: string): T | null {
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  return result.success ? result.output : null;
}
