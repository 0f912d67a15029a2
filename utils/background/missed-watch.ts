import type { HistoryCall, Missed } from '../../relay/contract.ts';
import type { PlaceCall } from '../calls/place-call.ts';
import { createTurns } from '../create-turns.ts';
import { compareMissed } from '../live/check-missed.ts';
import { noticeWords } from '../live/notice-words.ts';
import { missedNotice, missedNoticeId } from '../live/notices.ts';
import { changeNotice, clearNotice, showNotice } from '../live/show-notice.ts';
import { isHopeless } from '../relay/lost-access.ts';
import type { RelayAccess } from '../relay/relay-access.ts';
import { readPolicy } from '../session/read-policy.ts';
import { agentSettingsItem, missedItem } from '../storage.ts';
import { showMissedBadge } from './badge.ts';
import { withClient } from './with-client.ts';

export interface MissedWatchParts {
  access: Pick<RelayAccess, 'client' | 'relayUrl' | 'pin'>;
  notify?: typeof showNotice;
  change?: typeof changeNotice;
  clear?: typeof clearNotice;
  now?: () => number;
}

/** Knows whom to call back: keeps the count on the toolbar button and tells of calls that were missed since somebody last looked. */
export function createMissedWatch({
  access,
  notify = showNotice,
  change = changeNotice,
  clear = clearNotice,
  now = Date.now,
}: MissedWatchParts) {
  // Two looks at a time would both tell of the same call.
  const inTurn = createTurns();

  async function note(missed: Missed, isSeen: boolean, isSame: () => Promise<boolean>): Promise<void> {
    const [known, { notifyMissed }] = await Promise.all([missedItem.getValue(), agentSettingsItem.getValue()]);
    const relayUrl = await access.relayUrl();
    // Another agent's by now, or nobody's.
    if (relayUrl === null || !(await isSame())) return;
    const { fresh, told, next } = compareMissed(known, missed, relayUrl);
    const open = isSeen || !notifyMissed ? [] : told;
    await missedItem.setValue({ ...next, told: open.map(({ id }) => id) });
    await showMissedBadge();
    const named = known?.told?.length ?? 0;
    // All called back, from here or elsewhere, or looked at.
    if (open.length === 0 && named > 0) await clear(missedNoticeId);
    if (open.length > 0 && fresh.length > 0) await tell(open, notify);
    // Who was called back is not named any longer.
    else if (open.length > 0 && open.length < named) await tell(open, change);
  }
  async function tell(calls: HistoryCall[], show: typeof showNotice): Promise<void> {
    const settings = await agentSettingsItem.getValue();
    const { homeRegion: region } = await readPolicy();
    await show(missedNotice(calls, { settings, words: await noticeWords(), region, now: now() }));
  }

  const check = () =>
    inTurn(async () => {
      const isSame = await access.pin();
      const reply = await withClient(access, (relay) => relay.getMissed());
      if (reply.ok) await note(reply.value, false, isSame);
      else if (isHopeless(reply.error.code)) await forget();
      return reply.ok || !isHopeless(reply.error.code);
    });
  async function forget(): Promise<void> {
    await missedItem.removeValue();
    await showMissedBadge();
    await clear(missedNoticeId);
  }
  return {
    /** Asks the relay. While it is away the last answer stands; false when it is nobody's any more, and asking again in vain. */
    check,
    /** An answer that a view shows; `isSeen` when somebody is looking at it. */
    note(missed: Missed, isSeen: boolean): Promise<void> {
      const pinned = access.pin();
      return inTurn(async () => note(missed, isSeen, await pinned));
    },
    /** The same caller of calls, but one that was accepted may leave fewer to call back. */
    after: (placeCall: PlaceCall): PlaceCall => {
      return async (click, site) => {
        const reply = await placeCall(click, site);
        const known = await missedItem.getValue();
        if (reply.ok && reply.value.state === 'accepted' && known && known.count > 0) void check();
        return reply;
      };
    },
  };
}
export type MissedWatch = ReturnType<typeof createMissedWatch>;
