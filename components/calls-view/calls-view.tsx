import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { HistoryCall, Me } from '../../relay/contract.ts';
import { noteDrafts } from '../../utils/note-drafts.ts';
import type { Regions } from '../../utils/phone/read-typed.ts';
import { type LiveState, ringDeviceItem, sessionItem } from '../../utils/storage.ts';
import { CallList } from '../call-list/call-list.tsx';
import { type CallListState, createCallList } from '../call-list/call-list-store.ts';
import { createDialler, type PlaceCall } from '../call-list/dialler.ts';
import { FilterBar } from '../call-list/filter-bar.tsx';
import type { OpenPage } from '../call-list/open-page.ts';
import type { PlacedNowProps } from '../call-list/placed-now.tsx';
import { useOwnCalls } from '../call-list/use-own-calls.ts';
import { connectionSummary } from '../connection/connection-summary.ts';
import { LazyFirstSteps } from '../connection/lazy-first-steps.ts';
import { createSessionStore, type SessionState } from '../connection/session-store.ts';
import { StatusLine } from '../connection/status-line.tsx';
import type { DialFieldProps } from '../dial/dial-field.tsx';
import type { ExportLineProps } from '../export/export-line.tsx';
import type { KeysHelpProps } from '../keys/keys-help.tsx';
import { LiveStrip } from '../live/live-strip.tsx';
import { useLive } from '../live/use-live.ts';
import { createNotes } from '../notes/notes-store.ts';
import type { PlayerProps } from '../player/player.tsx';
import { SiteSwitch } from '../sites/site-switch.tsx';
import { createSiteSwitch } from '../sites/site-switch-store.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { failureText } from '../view/failure-text.ts';
import { lazily } from '../view/lazily.tsx';
import type { Remembered } from '../view/read-remembered.ts';
import { useItem } from '../view/use-item.ts';
import { useShown } from '../view/use-shown.ts';
import { useStore } from '../view/use-store.ts';
import { useView, type View } from '../view/view.ts';
import { useCovered } from './use-covered.ts';
import { useMissedCount } from './use-missed-count.ts';
import { useViewKeys } from './use-view-keys.ts';
import { useViewWish } from './use-view-wish.ts';
import { watchPlaces } from './watch-places.ts';

/** Shows new calls in a view that stays open, at no shorter interval than the relay's sweeps of AntBuddy. */
const refreshMs = 30_000;

const dialling = '.icon-button-accent, .placed-other';

/** The call whose recording the player holds. */
interface Opened {
  call: HistoryCall;
  /** Seconds. */
  startAt: number;
  /** A new round restarts playback at `startAt`, even when the recording was already open. */
  round: number;
  /** Presses of the play button in the call's row since then. */
  presses: number;
}

function open(call: HistoryCall, startAt: number, before: Opened | null): Opened {
  return { call, startAt, round: (before?.round ?? 0) + 1, presses: 0 };
}

interface CallsViewProps {
  placeCall: PlaceCall;
  remembered?: Remembered | null;
}

/** The popup and the side panel: status, site switch, recent calls, player. Shows stored data at once. */
export function CallsView({ placeCall, remembered = null }: CallsViewProps) {
  const view = useView();
  /** Why the last press did nothing. */
  const [refusal, setRefusal] = useState<string | null>(null);
  /** Milliseconds to add to this computer's clock to get the relay's. */
  const ahead = useRef(0);
  const { session, site, list, dialler, notes } = useMemo(
    () => createModels(view, placeCall, remembered, setRefusal, () => Date.now() + ahead.current),
    [view, placeCall],
  );
  const sessionState = useStore(session.store);
  const { placed, calls, phase, failure } = useStore(list.store);
  const own = useOwnCalls(dialler);
  ahead.current = own.offset;
  const dialled = useStore(dialler.store).calls[0];
  const newest = dialled && own.shown.find(({ key }) => key === dialled.key);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [isPlaying, setIsPlaying] = useState(false);
  const onPlay = useCallback(
    (call: HistoryCall) =>
      setOpened((before) => (before?.call.id === call.id ? { ...before, presses: before.presses + 1 } : open(call, 0, before))),
    [],
  );
  /** Text of the number field; null while it is closed. */
  const [typed, setTyped] = useState<string | null>(null);
  const offered = useRef(Number.NaN);
  const [topDay, setTopDay] = useState<string | null>(null);
  const [seesPlaced, setSeesPlaced] = useState(true);
  const [exported, setExported] = useState<CallListState | null>(null);
  const [hasKeys, setHasKeys] = useState(false);
  /** Counts connections: each one starts with a new list. */
  const [connection, setConnection] = useState(0);
  const toggleKeys = useCallback(() => setHasKeys((before) => !before), []);
  const closeExport = useCallback(() => setExported(null), []);
  const connected = sessionState.session?.connected;
  const agentId = agentOf(sessionState);

  const refresh = useCallback(() => {
    void session.open();
    void site.refresh();
  }, [session, site]);
  const refreshList = useCallback(() => {
    if (session.store.getState().session?.connected) void list.refresh();
  }, [session, list]);
  const retry = useCallback(() => {
    refresh();
    refreshList();
  }, [refresh, refreshList]);
  /** Clears one agent's calls, so that the next agent does not see them. */
  const forget = useCallback(() => {
    list.forget();
    dialler.forget();
    notes.forget();
    setOpened(null);
    setTyped(null);
    setExported(null);
    setConnection((before) => before + 1);
  }, [list, dialler, notes]);
  /** Pending notes belong to the currently connected agent, who is known once the session is loaded. */
  const reconnect = useCallback(() => {
    void session.open().then(notes.resume);
    void site.refresh();
    refreshList();
  }, [session, site, notes, refreshList]);
  useEffect(refresh, [refresh]);
  useEffect(() => view.watchActiveTab(() => void site.refresh()), [view, site]);
  useEffect(() => {
    if (connected) void list.refresh();
    else if (connected === false) forget();
  }, [connected, list, forget]);
  useEffect(() => void notes.resume(), [agentId, notes]);
  useEffect(() => {
    if (!failure) notes.retry();
  }, [failure, notes]);
  useEffect(() => watchConnection(forget, reconnect), [forget, reconnect]);
  useEffect(() => notes.stop, [notes]);
  useEffect(() => view.watchHandover?.(({ call, position }) => setOpened((before) => open(call, position, before))), [view]);
  useViewKeys(connected === true, setTyped, toggleKeys);
  useShown(refresh, 2 * refreshMs);
  useShown(refreshList, refreshMs);

  useMissedCount(connected === true);
  useViewWish(list, dialler, setTyped, offered);
  const live = useLive(connected === true, refreshList);

  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onPress = (isStopped: boolean) => setRefusal(isStopped ? view.t('call_moved') : null);
    return box.current ? watchPlaces(box.current, dialling, onPress) : undefined;
  }, [view]);
  const openPage = useCallback<OpenPage>(
    async (wanted) => {
      const reply = await view.send('openCallPage', wanted);
      setRefusal(reply.ok ? null : failureText(view.t, reply.error));
    },
    [view],
  );

  const bar = useRef<HTMLDivElement>(null);
  const foot = useRef<HTMLDivElement>(null);
  const covered = useCovered(bar, foot, connected ? connection : null);

  const me = meOf(sessionState);
  const regions = me?.policy ?? untilKnown;
  const region = regions.homeRegion;
  const picked = useItem(ringDeviceItem);
  const devices = me?.agent.sipDevices ?? [];
  const news = {
    calls: [...own.known, ...placed],
    answeredAt: useLatest(lastAnswered(calls, live), connected),
    now: Date.now() + own.offset,
  };
  return (
    <div ref={box} class="calls-view" style={{ '--covered-top': `${covered.top}px`, '--covered-bottom': `${covered.bottom}px` }}>
      <StatusLine summary={connectionSummary(sessionState, news, picked)} onRetry={retry} hasKeys={hasKeys} onKeys={toggleKeys} />
      {hasKeys && <LazyKeys onClose={toggleKeys} />}
      {connected === false && (
        <main>
          <h1 class="hidden">{view.t('calls_heading')}</h1>
          <LazyFirstSteps done={0} />
        </main>
      )}
      {connected && (
        <>
          <main key={connection}>
            <SiteSwitch model={site} />
            <h1 class="hidden">{view.t('calls_heading')}</h1>
            <div ref={bar} class="bar">
              <LiveStrip live={live} region={region} />
              <FilterBar list={list} day={topDay}>
                <IconButton
                  icon="keypad"
                  label={view.t('dial_open')}
                  pressed={typed !== null}
                  onClick={() => setTyped((before) => (before === null ? '' : null))}
                  testId="dial-open"
                />
                <IconButton
                  icon="download"
                  label={view.t('export_start')}
                  onClick={() => setExported({ ...list.store.getState() })}
                  testId="export"
                />
              </FilterBar>
            </div>
            {typed !== null && (
              <LazyDialField
                text={typed}
                offered={offered}
                regions={regions}
                onText={setTyped}
                onClose={() => setTyped(null)}
                onDial={dialler.dial}
                devices={devices}
              />
            )}
            {exported && <LazyExport list={exported} region={region} onClose={closeExport} />}
            <CallList
              list={list}
              dialler={dialler}
              own={own}
              region={region}
              notes={notes}
              live={live}
              openedId={opened?.call.id ?? null}
              isPlaying={isPlaying}
              saidAbove={sessionState.failure?.code ?? null}
              covered={covered}
              onPlay={onPlay}
              onPage={openPage}
              onTopDay={setTopDay}
              onPlacedSight={setSeesPlaced}
            />
          </main>
          <div ref={foot} class="foot">
            {refusal !== null && <Notice tone="warn">{refusal}</Notice>}
            {newest && (!seesPlaced || phase !== 'shown') && (
              <LazyPlacedNow call={newest} live={live} region={region} offset={own.offset} />
            )}
            {opened && (
              <LazyPlayer
                key={`${opened.call.id} ${opened.round}`}
                call={calls.find(({ id }) => id === opened.call.id) ?? opened.call}
                region={region}
                notes={notes}
                startAt={opened.startAt}
                presses={opened.presses}
                onPlaying={setIsPlaying}
                onClose={() => setOpened(null)}
              />
            )}
          </div>
        </>
      )}
    </div>
  );
}

/** @param now on the relay's clock, which determines the days of the calls */
function createModels(
  view: View,
  placeCall: PlaceCall,
  remembered: Remembered | null,
  refuse: (why: string | null) => void,
  now: () => number,
) {
  const list = createCallList(view.send, now);
  const session = createSessionStore(view.send, remembered?.session);
  const notes = createNotes({
    send: view.send,
    drafts: noteDrafts,
    agentId: () => agentOf(session.store.getState()),
    onSaved(subject, note) {
      list.setNote(subject, note);
      // The history may list the call by now, and only the relay can map this key to it.
      if (subject.includes('-')) void list.refresh();
    },
  });
  if (remembered?.page) list.show(remembered.page);
  return {
    list,
    session,
    notes,
    site: createSiteSwitch(view),
    dialler: createDialler(
      placeCall,
      () => void list.refresh(),
      (isFolded) => refuse(isFolded ? view.t('failure_called_recently') : null),
    ),
  };
}

/** Reports a disconnect, even when another agent connects at once, and a new connection. */
function watchConnection(forget: () => void, reconnect: () => void): () => void {
  return sessionItem.watch((stored, before) => {
    if (stored === null) forget();
    if ((stored === null) !== (before === null)) reconnect();
  });
}

function lastAnswered(calls: readonly HistoryCall[], live: LiveState | null): number {
  const listed = calls.find(({ disposition, direction }) => disposition === 'answered' && direction !== 'internal');
  return Math.max(listed?.startedAt ?? 0, ...(live?.calls ?? []).map(({ answeredAt }) => answeredAt ?? 0));
}

/** The latest value so far, since a filter may hide the call that it came from. Reset when the connection ends. */
function useLatest(at: number, connected: boolean | undefined): number {
  const latest = useRef(0);
  latest.current = connected === false ? 0 : Math.max(latest.current, at);
  return latest.current;
}

const untilKnown: Regions = { homeRegion: 'VN', regions: [] };
const meOf = ({ session }: SessionState): Me | null => (session?.connected ? session.me : null);
const agentOf = (state: SessionState): string | null => meOf(state)?.agent.id ?? null;

/** Most openings of the popup play nothing, so the player's code comes with the first press. */
const LazyPlayer = lazily<PlayerProps>(() => import('../player/player.tsx'));
const LazyPlacedNow = lazily<PlacedNowProps>(() => import('../call-list/placed-now.tsx'));
const LazyKeys = lazily<KeysHelpProps>(() => import('../keys/keys-help.tsx'));
const LazyExport = lazily<ExportLineProps>(() => import('../export/export-line.tsx'));
/** Loaded on demand, since parsing numbers of the whole world requires all numbering plans. */
const LazyDialField = lazily<DialFieldProps>(() => import('../dial/dial-field.tsx'));
