import type { ComponentType } from 'preact';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { HistoryCall } from '../../relay/contract.ts';
import { CallList } from '../call-list/call-list.tsx';
import { createCallList } from '../call-list/call-list-store.ts';
import { createDialler, type PlaceCall } from '../call-list/dialler.ts';
import { FilterBar } from '../call-list/filter-bar.tsx';
import { connectionSummary } from '../connection/connection-summary.ts';
import { FirstSteps } from '../connection/first-steps.tsx';
import { createSessionStore } from '../connection/session-store.ts';
import { StatusLine } from '../connection/status-line.tsx';
import type { PlayerProps } from '../player/player.tsx';
import { SiteSwitch } from '../sites/site-switch.tsx';
import { createSiteSwitch } from '../sites/site-switch-store.ts';
import { useShown } from '../view/use-shown.ts';
import { useStore } from '../view/use-store.ts';
import { useView } from '../view/view.ts';

/** New calls appear in a view that stays open, without asking the relay more often than it sweeps AntBuddy. */
const refreshMs = 30_000;

/** The popup and the side panel: state, this site's switch, recent calls, player. */
export function CallsView({ placeCall }: { placeCall: PlaceCall }) {
  const view = useView();
  const { session, site, list, dialler } = useMemo(() => createModels(view, placeCall), [view, placeCall]);
  const sessionState = useStore(session.store);
  const { placed } = useStore(list.store);
  const [own] = useStore(dialler.store).calls;
  const [playing, setPlaying] = useState<HistoryCall | null>(null);
  const connected = sessionState.session?.connected;

  const refresh = useCallback(() => {
    void session.open();
    void site.refresh();
  }, [session, site]);
  const refreshList = useCallback(() => {
    if (session.store.getState().session?.connected) void list.refresh();
  }, [session, list]);
  const retry = () => {
    refresh();
    refreshList();
  };
  useEffect(refresh, [refresh]);
  useEffect(() => view.watchActiveTab(() => void site.refresh()), [view, site]);
  useEffect(() => {
    if (connected) void list.refresh();
  }, [connected, list]);
  useShown(refresh, 2 * refreshMs);
  useShown(refreshList, refreshMs);

  const region = (sessionState.session?.connected && sessionState.session.me?.policy.homeRegion) || 'VN';
  return (
    <div class="calls-view">
      <StatusLine summary={connectionSummary(sessionState, own ?? placed[0])} onRetry={retry} />
      {connected === false && <FirstSteps />}
      {connected && (
        <>
          <SiteSwitch model={site} />
          <main>
            <h1 class="hidden">{view.t('calls_heading')}</h1>
            <FilterBar list={list} />
            <CallList
              list={list}
              dialler={dialler}
              region={region}
              playingId={playing?.id ?? null}
              saidAbove={sessionState.failure?.code ?? null}
              onPlay={setPlaying}
            />
          </main>
          {playing && <LazyPlayer key={playing.id} call={playing} region={region} onClose={() => setPlaying(null)} />}
        </>
      )}
    </div>
  );
}

function createModels(view: ReturnType<typeof useView>, placeCall: PlaceCall) {
  const list = createCallList(view.send);
  return {
    list,
    session: createSessionStore(view.send),
    site: createSiteSwitch(view),
    dialler: createDialler(placeCall, () => void list.refresh()),
  };
}

/** Most openings of the popup play nothing, so the player's code comes with the first press. */
function LazyPlayer(props: PlayerProps) {
  const [Player, setPlayer] = useState<ComponentType<PlayerProps> | null>(null);
  useEffect(() => void import('../player/player.tsx').then((module) => setPlayer(() => module.default)), []);
  return Player ? <Player {...props} /> : null;
}
