import type { Call } from '../../relay/contract.ts';
import type { Click } from '../messages.ts';
import type { RelayClient } from '../relay/relay-client.ts';
import { brokeOff, fail, type Reply } from '../reply.ts';
import type { JournalEntry } from '../storage.ts';
import type { CallJournal } from './call-journal.ts';

interface PlaceCallDeps {
  journal: Pick<CallJournal, 'open' | 'change'>;
  /** The connected relay, or why there is none. */
  relay: () => Promise<Reply<Pick<RelayClient, 'placeCall' | 'getCall'>>>;
  /** The device that rings for a click that names none; undefined: the agent's only device. */
  device?: () => Promise<string | undefined>;
  /** Called when the relay does not accept a device as the agent's: the known devices are out of date. */
  onUnknownDevice?: () => unknown;
  now?: () => number;
}

/** The relay's own limit; an older click is not sent. */
const CLICK_DEAD_MS = 15_000;
/**
 * After an answer this recent the relay is assumed to be reachable. With a longer time, a click while the relay is away would end
 * in doubt.
 */
const FRESH_MS = 3_000;

/**
 * Places the call of a click: recorded in the journal before the request leaves, never two concurrent requests with one key,
 * never repeated by itself. `outcome_unknown`: a request left and its outcome could not be determined; every other failure: the
 * call was not placed.
 */
export function createCallPlacer({ journal, relay, device, onUnknownDevice, now = Date.now }: PlaceCallDeps) {
  const running = new Map<string, { click: Click; reply: Promise<Reply<Call>> }>();
  let answeredAt = Number.NEGATIVE_INFINITY;

  async function place(click: Click, site: string | null): Promise<Reply<Call>> {
    // Stored with the click: a repeat must ring the same device, whatever has been picked since.
    const sipDevice = click.sipDevice ?? (await device?.());
    // Absolute, since the clock may have been set back.
    const isFresh = Math.abs(now() - answeredAt) < FRESH_MS;
    const opened: JournalEntry = {
      ...click,
      ...(sipDevice && { sipDevice }),
      site,
      sentAt: isFresh ? now() : null,
      outcome: null,
    };
    const known = await journal.open(opened);
    if (known && !isSameClick(known, click)) return keyReused();
    const reply = await dispatch(known ?? opened, known !== undefined, isFresh);
    if (!reply.ok && reply.error.code === 'sip_device_unknown') void onUnknownDevice?.();
    await journal.change(click.key, { outcome: reply.ok ? reply.value.state : reply.error.code });
    return reply;
  }

  async function dispatch(entry: JournalEntry, isRepeat: boolean, isFresh: boolean): Promise<Reply<Call>> {
    const client = await relay();
    if (!client.ok) return entry.sentAt === null || !isRepeat ? client : outcomeUnknown();
    // Asking first distinguishes "not placed" from "unknown" when the relay is away, corrects the clock offset, and answers a
    // repeat.
    if (isRepeat || !isFresh) {
      const asked = await client.value.getCall(entry.key);
      if (asked.ok || asked.error.code !== 'call_not_found') return isRepeat && entry.sentAt !== null ? orUnknown(asked) : asked;
      answeredAt = now();
      if (entry.sentAt === null) await journal.change(entry.key, { sentAt: now() });
    }
    if (now() - entry.clickedAt > CLICK_DEAD_MS) return fail('click_too_old');
    const placed = await client.value.placeCall(entry);
    if (placed.ok || !brokeOff.includes(placed.error.code)) {
      answeredAt = now();
      return placed;
    }
    answeredAt = Number.NEGATIVE_INFINITY;
    // "Not found" proves nothing yet: the broken request may still arrive.
    return orUnknown(await client.value.getCall(entry.key));
  }

  return (click: Click, site: string | null): Promise<Reply<Call>> => {
    const same = running.get(click.key);
    if (same) return isSameClick(same.click, click) ? same.reply : Promise.resolve(keyReused());
    const reply = place(click, site).finally(() => running.delete(click.key));
    running.set(click.key, { click, reply });
    return reply;
  };
}
export type PlaceCall = ReturnType<typeof createCallPlacer>;

function isSameClick(one: Click | JournalEntry, other: Click): boolean {
  return one.number === other.number && one.clickedAt === other.clickedAt && one.surface === other.surface;
}

const keyReused = () => fail('idempotency_key_reused');
const outcomeUnknown = () => fail('outcome_unknown');
const orUnknown = (asked: Reply<Call>) => (asked.ok ? asked : outcomeUnknown());
