import { browser } from 'wxt/browser';
import { createJumpCheck } from '../live/create-jump-check.ts';
import { createLiveNeed } from '../live/live-need.ts';
import { runLiveReader } from '../live/live-reader.ts';
import type { RelayAccess } from '../relay/relay-access.ts';
import { relayNow } from '../relay/relay-now.ts';
import { agentSettingsItem, languageItem, liveItem, sessionItem } from '../storage.ts';
import { showMissedBadge } from './badge.ts';
import { createIncomingWatch } from './incoming-watch.ts';
import type { MissedWatch } from './missed-watch.ts';
import { type ViewsParts, watchViews } from './watch-views.ts';
import { withClient } from './with-client.ts';

const alarmName = 'day';
/** After this time a relay without call signals is tried again: it may have been configured for them since. */
const neverMs = 15 * 60_000;

export interface LiveParts {
  access: RelayAccess;
  missed: MissedWatch;
  /** Refreshes what the relay said about the agent, if that is old. */
  refreshOld(): unknown;
  roleOf: ViewsParts['roleOf'];
}

/**
 * Follows the agent's live calls while a view is open, a placed call is followed, or the agent wants notifications of incoming
 * calls. Otherwise neither a stream nor an alarm runs. Returns functions that keep the stream open, and whether a view has the
 * focus.
 */
export function registerLive({ access, missed, refreshOld, roleOf }: LiveParts) {
  const incoming = createIncomingWatch({
    getNumber: (number) => withClient(access, (relay) => relay.getNumber(number)),
    relayNow,
  });
  const hasJumped = createJumpCheck();
  const need = createLiveNeed((signal) =>
    runLiveReader(
      {
        open: (lastId, ends) => withClient(access, (relay) => relay.openEvents(lastId, ends)),
        relayUrl: access.relayUrl,
        pin: access.pin,
        item: liveItem,
        relayNow,
        onCall: (call) => void incoming.hear(call),
        onLost: (calls) => void incoming.lose(calls),
        // Asking for the missed calls, too, tells that nothing of this agent may be shown any longer.
        onHopeless: () => void rest().then(missed.check),
        onBeat() {
          // Any call of an extension API keeps the worker alive while it listens.
          void browser.runtime.getPlatformInfo();
          // After a clock jump, a new answer corrects the offset to the relay's clock, and reconnecting replaces a connection
          // that died during sleep.
          if (hasJumped()) need.restart();
        },
      },
      signal,
    ),
  );

  const isLookedAt = watchViews({ roleOf, hold: need.hold });

  let releaseIncoming: (() => void) | null = null;
  /** Applies the agent's settings: the alarm, and the stream for notifications without a view. */
  async function follow(): Promise<void> {
    const [settings, relayUrl, { neverAt, calls }] = await Promise.all([
      agentSettingsItem.getValue(),
      access.relayUrl(),
      liveItem.getValue(),
    ]);
    const isConnected = relayUrl !== null;
    const { badge, notifyMissed, notifyIncoming } = settings;
    if (isConnected && (badge || notifyMissed || notifyIncoming)) {
      if (!(await browser.alarms.get(alarmName))) await browser.alarms.create(alarmName, { periodInMinutes: 1 });
    } else await browser.alarms.clear(alarmName);
    const isInVain = neverAt !== undefined && (await relayNow()) - neverAt < neverMs;
    if (isConnected && notifyIncoming && !isInVain) {
      releaseIncoming ??= need.hold();
    } else {
      releaseIncoming?.();
      releaseIncoming = null;
      // Nobody may be left who hears that such a call ended, and its notification stays until it is taken away.
      await incoming.lose(calls.filter(({ endedAt }) => endedAt === null));
    }
    // The reason for giving up may be gone: otherwise an open view would hear of no call.
    need.retry();
  }
  /** Until this browser is connected or the relay's address is permitted, the alarm would ask in vain. */
  let isResting = false;
  async function rest(): Promise<void> {
    isResting = true;
    await browser.alarms.clear(alarmName);
  }
  let looks = 0;
  async function look(): Promise<void> {
    looks += 1;
    const turn = looks;
    isResting = false;
    await follow();
    void refreshOld();
    const { badge, notifyMissed } = await agentSettingsItem.getValue();
    const isAsked = badge || notifyMissed;
    // Unless a newer look has started, after a reconnect.
    if (isAsked && !(await missed.check()) && turn === looks) await rest();
    await showMissedBadge();
  }

  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === alarmName) void look();
  });
  browser.permissions.onAdded.addListener(() => void look());
  browser.runtime.onStartup.addListener(() => void look());
  agentSettingsItem.watch(() => void look());
  languageItem.watch(() => void showMissedBadge());
  liveItem.watch((next, before) => {
    if (next?.neverAt !== before?.neverAt) void follow();
  });
  sessionItem.watch((next, before) => {
    const isOther = next?.relayUrl !== before?.relayUrl;
    if (isOther) need.restart();
    if (isOther || isResting) void look();
  });
  // A killed worker left the state as listening, but nothing listens until someone needs it again.
  void liveItem.getValue().then((state) => {
    if (state.link !== 'off' && !need.isRunning()) return liveItem.setValue({ ...state, link: 'off', signals: false });
  });
  void follow();
  return { ...need, isLookedAt };
}
