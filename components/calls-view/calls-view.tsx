import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { HistoryCall } from '../../relay/contract.ts';
import type { Regions } from '../../utils/phone/read-typed.ts';
import { type LiveState, ringDeviceItem } from '../../utils/storage.ts';
import { CallList } from '../call-list/call-list.tsx';
import type { CallListState } from '../call-list/call-list-store.ts';
import type { PlaceCall } from '../call-list/dialler.ts';
import { FilterBar } from '../call-list/filter-bar.tsx';
import type { OpenPage } from '../call-list/open-page.ts';
import type { PlacedNowProps } from '../call-list/placed-now.tsx';
import { useOwnCalls } from '../call-list/use-own-calls.ts';
import { connectionSummary } from '../connection/connection-summary.ts';
import { LazyFirstSteps } from '../connection/lazy-first-steps.ts';
import { StatusLine } from '../connection/status-line.tsx';
import type { DialFieldProps } from '../dial/dial-field.tsx';
import type { ExportLineProps } from '../export/export-line.tsx';
import type { KeysHelpProps } from '../keys/keys-help.tsx';
import { LiveStrip } from '../live/live-strip.tsx';
import { useLive } from '../live/use-live.ts';
import type { PlayerProps } from '../player/player.tsx';
import { SiteSwitch } from '../sites/site-switch.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { failureText } from '../view/failure-text.ts';
import { lazily } from '../view/lazily.tsx';
import type { Remembered } from '../view/read-remembered.ts';
import { useItem } from '../view/use-item.ts';
import { useStore } from '../view/use-store.ts';
import { useView } from '../view/view.ts';
import { createModels, meOf } from './create-models.ts';
import { useConnection } from './use-connection.ts';
import { useCovered } from './use-covered.ts';
import { useMissedCount } from './use-missed-count.ts';
import { useOpened } from './use-opened.ts';
import { useViewKeys } from './use-view-keys.ts';
import { useViewWish } from './use-view-wish.ts';
import { watchPlaces } from './watch-places.ts';

const atOnce = '.icon-button-accent, .placed-other, .call-found, .outcomes .chip';

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
  const models = useMemo(
    () => createModels(view, placeCall, remembered, setRefusal, () => Date.now() + ahead.current),
    [view, placeCall],
  );
  const { session, site, list, dialler, notes } = models;
  const { placed, calls, phase, failure } = useStore(list.store);
  const own = useOwnCalls(dialler);
  ahead.current = own.offset;
  const dialled = useStore(dialler.store).calls[0];
  const newest = dialled && own.shown.find(({ key }) => key === dialled.key);
  const { opened, onPlay, close } = useOpened();
  const [isPlaying, setIsPlaying] = useState(false);
  /** Text of the number field; null while it is closed. */
  const [typed, setTyped] = useState<string | null>(null);
  const offered = useRef(Number.NaN);
  const [topDay, setTopDay] = useState<string | null>(null);
  const [seesPlaced, setSeesPlaced] = useState(true);
  const [exported, setExported] = useState<CallListState | null>(null);
  const [hasKeys, setHasKeys] = useState(false);
  const toggleKeys = useCallback(() => setHasKeys((before) => !before), []);
  const closeExport = useCallback(() => setExported(null), []);
  const { state, connected, connection, refreshList, retry } = useConnection(models);
  useLayoutEffect(() => {
    close();
    setTyped(null);
    setExported(null);
  }, [connection]);

  useEffect(() => {
    // The line at the top must not say otherwise than the list.
    if (Boolean(failure) !== Boolean(state.failure)) void session.refresh();
    // The relay answers again.
    if (!failure) notes.retry();
  }, [models, failure]);
  useViewKeys(connected, setTyped, toggleKeys);
  const isOffered = useMissedCount(connected);
  useViewWish(list, dialler, setTyped, offered);
  const live = useLive(connected, refreshList);

  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onPress = (isStopped: boolean) => setRefusal(isStopped ? view.t('call_moved') : null);
    return box.current ? watchPlaces(box.current, atOnce, onPress) : undefined;
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

  const me = meOf(state);
  const regions = me?.policy ?? untilKnown;
  const region = regions.homeRegion;
  const picked = useItem(ringDeviceItem);
  const devices = me?.agent.sipDevices ?? [];
  // The latest so far, since a filter may hide the call that it came from.
  const answered = useMemo(() => ({ at: 0 }), [connection]);
  answered.at = Math.max(answered.at, lastAnswered(calls, live));
  const news = {
    calls: [...own.known, ...placed],
    answeredAt: answered.at,
    now: Date.now() + own.offset,
  };
  return (
    <div ref={box} class="calls-view" style={{ '--covered-top': `${covered.top}px`, '--covered-bottom': `${covered.bottom}px` }}>
      <StatusLine summary={connectionSummary(state, news, picked)} onRetry={retry} hasKeys={hasKeys} onKeys={toggleKeys} />
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
            {isOffered && <LazyMissedOffer />}
            {exported && <LazyExport list={exported} region={region} onClose={closeExport} />}
            <CallList
              list={list}
              dialler={dialler}
              own={own}
              regions={regions}
              notes={notes}
              live={live}
              openedId={opened?.call.id ?? null}
              isPlaying={isPlaying}
              saidAbove={state.failure?.code ?? null}
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
                onClose={close}
              />
            )}
          </div>
        </>
      )}
    </div>
  );
}

function lastAnswered(calls: readonly HistoryCall[], live: LiveState | null): number {
  const listed = calls.find(({ disposition, direction }) => disposition === 'answered' && direction !== 'internal');
  return Math.max(listed?.startedAt ?? 0, ...(live?.calls ?? []).map(({ answeredAt }) => answeredAt ?? 0));
}

const untilKnown: Regions = { homeRegion: 'VN', regions: [] };

/** Most openings of the popup play nothing, so the player's code comes with the first press. */
const LazyPlayer = lazily<PlayerProps>(() => import('../player/player.tsx'));
const LazyPlacedNow = lazily<PlacedNowProps>(() => import('../call-list/placed-now.tsx'));
const LazyKeys = lazily<KeysHelpProps>(() => import('../keys/keys-help.tsx'));
/** Loaded on demand, since it is answered once. */
const LazyMissedOffer = lazily(() => import('./missed-offer.tsx'));
const LazyExport = lazily<ExportLineProps>(() => import('../export/export-line.tsx'));
/** Loaded on demand, since parsing numbers of the whole world requires all numbering plans. */
const LazyDialField = lazily<DialFieldProps>(() => import('../dial/dial-field.tsx'));
