import type { HistoryCall, Missed } from '../../relay/contract.ts';
import type { PlaceCall } from '../calls/place-call.ts';
import { createTurns } from '../create-turns.ts';
import { compareMissed } from '../live/compare-missed.ts';
import { noticeWords } from '../live/notice-words.ts';
import { missedNotice, missedNoticeId } from '../live/notices.ts';
import { changeNotice, clearNotice, showNotice } from '../live/show-notice.ts';
import { isHopeless } from '../relay/lost-access.ts';
import type { RelayAccess } from '../relay/relay-access.ts';
import { relayNow } from '../relay/relay-now.ts';
import { readPolicy } from '../session/read-policy.ts';
import { agentSettingsItem, missedItem } from '../storage.ts';
import { showMissedBadge } from './badge.ts';
import { withClient } from './with-client.ts';

export interface MissedWatchParts {
  access: Pick<RelayAccess, 'client' | 'relayUrl' | 'pin'>;
  notify?: typeof showNotice;
  change?: typeof changeNotice;
  clear?: typeof clearNotice;
  /** The relay's clock. */
  now?: () => Promise<number>;
}

/** Watches the missed calls: updates the count on the toolbar button and notifies of calls missed since the agent last looked. */
export function createMissedWatch({
  access,
  notify = showNotice,
  change = changeNotice,
  clear = clearNotice,
  now = relayNow,
}: MissedWatchParts) {
  // Two checks at the same time would both announce the same call.
  const inTurn = createTurns();

  async function note(missed: Missed, isSeen: boolean, isSame: () => Promise<boolean>): Promise<void> {
    const [known, { notifyMissed }] = await Promise.all([missedItem.getValue(), agentSettingsItem.getValue()]);
    const relayUrl = await access.relayUrl();
    // Another agent, or none, is connected by now.
    if (relayUrl === null || !(await isSame())) return;
    const { fresh, told, next } = compareMissed(known, missed, relayUrl);
    const open = isSeen || !notifyMissed ? [] : told;
    await missedItem.setValue({ ...next, told: open.map(({ id }) => id) });
    await showMissedBadge();
    const named = known?.told?.length ?? 0;
    // All were called back, here or elsewhere, or have been looked at.
    if (open.length === 0 && named > 0) await clear(missedNoticeId);
    if (open.length > 0 && fresh.length > 0) await tell(open, notify);
    // The notification must no longer name callers who were called back.
    else if (open.length > 0 && open.length < named) await tell(open, change);
  }
  async function tell(calls: HistoryCall[], show: typeof showNotice): Promise<void> {
    const settings = await agentSettingsItem.getValue();
    const { homeRegion: region } = await readPolicy();
    await show(missedNotice(calls, { settings, words: await noticeWords(), region, now: await now() }));
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
    /**
     * Asks the relay. If it is unreachable, the last answer stays; false if asking again is useless because the agent's access is
     * lost.
     */
    check,
    /** Takes over an answer that a view shows; `isSeen` if the view has the focus. */
    note(missed: Missed, isSeen: boolean): Promise<void> {
      const pinned = access.pin();
      return inTurn(async () => note(missed, isSeen, await pinned));
    },
    /** Wraps placeCall: an accepted call may reduce the number of calls to call back. */
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
