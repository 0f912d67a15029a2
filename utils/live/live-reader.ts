import * as v from 'valibot';
import { type LiveCall, LiveCallSchema, LiveStatusSchema } from '../../relay/contract.ts';
import { isHopeless } from '../relay/lost-access.ts';
import type { RelayAccess } from '../relay/relay-access.ts';
import type { Reply } from '../reply.ts';
import { sleep } from '../sleep.ts';
import type { LiveState, SeenCall } from '../storage.ts';
import { byWord, nothingLive, withEvent } from './live-state.ts';
import { readEvents } from './read-events.ts';

interface LiveReaderDeps extends Pick<RelayAccess, 'relayUrl' | 'pin'> {
  /** Opens the relay's event stream after the event with id `lastId`. */
  open(lastId: string, signal: AbortSignal): Promise<Reply<ReadableStream<Uint8Array>>>;
  item: { getValue(): Promise<LiveState>; setValue(state: LiveState): Promise<void> };
  /** The relay's clock. */
  relayNow(): Promise<number>;
  onCall?: (call: LiveCall) => void;
  /** Receives calls of which it is no longer known whether they are still in progress. */
  onLost?: (calls: readonly SeenCall[]) => void;
  /** Called when a retry is pointless until somebody connects this browser or allows the relay's address. */
  onHopeless?: () => void;
  /** Called at whatever arrives, heartbeats included. */
  onBeat?: () => void;
  pause?: (ms: number, signal: AbortSignal) => Promise<void>;
  random?: () => number;
  silenceMs?: number;
}

/** The relay sends a heartbeat every 15 s. */
const silenceMs = 40_000;
/** How much of `heardAt` may be lost when the worker is killed. */
const writtenEveryMs = 60_000;
const shortestPauseMs = 1_000;
const longestPauseMs = 60_000;
/** The relay remembers ended calls about this long. */
const catchUpMs = 290_000;

/**
 * Listens to the agent's live calls until the signal aborts and keeps their state in `item`, which views watch. Reopens a broken
 * stream after the last event it received, with exponential back-off and jitter.
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
    // Not after the abort: the final state of an ended stream is `off`.
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
      // The relay replays ended calls only this far back; an older call would seem to go on for ever. It reports those in
      // progress again.
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
    // Disconnected meanwhile, or connected as another agent: none of this agent's calls may stay.
    const isSame = (await isConnected()) && (await item.getValue()).relayUrl === relayUrl;
    if (!isSame) lose(state.calls);
    await item.setValue(isSame ? { ...state, link: 'off', signals: false } : nothingLive);
  }
}

function parse<T>(schema: v.GenericSchema<unknown, T>, text: string): T | null {
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  return result.success ? result.output : null;
}
