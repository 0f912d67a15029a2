import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { HistoryCall, PlacedCall } from '../../relay/contract.ts';
import { isUnderWay } from '../../utils/calls/outcome-of.ts';
import type { Regions } from '../../utils/phone/read-typed.ts';
import type { LiveState } from '../../utils/storage.ts';
import type { Covered } from '../calls-view/use-covered.ts';
import { LazyFirstSteps } from '../connection/lazy-first-steps.ts';
import type { CallFoundProps } from '../dial/call-found.tsx';
import type { Notes } from '../notes/notes-store.ts';
import { Failed } from '../ui/failed.tsx';
import { lazily } from '../view/lazily.tsx';
import { useNow } from '../view/use-now.ts';
import { useStore } from '../view/use-store.ts';
import { useView } from '../view/view.ts';
import { type CallList as CallListModel, hasMore } from './call-list-store.ts';
import { CallRows } from './call-rows.tsx';
import type { Dialler } from './dialler.ts';
import { emptyWords } from './empty-words.ts';
import { InSight } from './in-sight.tsx';
import { isCalledBack } from './is-called-back.ts';
import { useJustEnded } from './just-ended.ts';
import { LazyStrayNotes } from './lazy-stray-notes.tsx';
import { isEverything } from './list-query.ts';
import { mergePlaced } from './merge-placed.ts';
import { MoreButton } from './more-button.tsx';
import type { OpenPage } from './open-page.ts';
import { PlacedRow } from './placed-row.tsx';
import { Skeleton } from './skeleton.tsx';
import { useCallFocus } from './use-call-focus.ts';
import type { OwnCalls } from './use-own-calls.ts';
import { walkPlaced } from './walk-rows.ts';

/** Loaded on demand, like the number field. */
const LazyCallFound = lazily<CallFoundProps>(() => import('../dial/call-found.tsx'));

/** Whether a search may be for a number that nobody called yet. */
function hasOnlyDigits(text: string): boolean {
  return /\d{3}/.test(text) && !/\p{L}/u.test(text);
}

interface CallListProps {
  list: CallListModel;
  dialler: Dialler;
  own: OwnCalls;
  notes: Notes;
  live: LiveState | null;
  regions: Regions;
  /** The call whose recording is open, and whether it plays. */
  openedId: string | null;
  isPlaying: boolean;
  /** Code of a failure that the status line already shows, so that it is not repeated here. */
  saidAbove: string | null;
  covered: Covered;
  onPlay(call: HistoryCall): void;
  onPage: OpenPage;
  onTopDay(name: string | null): void;
  /** Whether the calls placed last are in the viewport. */
  onPlacedSight(isInSight: boolean): void;
}

export function CallList(props: CallListProps) {
  const {
    list,
    dialler,
    own,
    notes,
    live,
    regions,
    openedId,
    isPlaying,
    saidAbove,
    covered,
    onPlay,
    onPage,
    onTopDay,
    onPlacedSight,
  } = props;
  const { t, format } = useView();
  const region = regions.homeRegion;
  const state = useStore(list.store);
  // The relay's times are all on its clock.
  const now = useNow(10_000) + own.offset;
  // Calls placed here stay visible under any filter, so that a press always shows its outcome; the relay gives those that match.
  const [notingId, setNotingId] = useState<string | null>(null);
  const placed = useNoted(mergePlaced(own.shown, state.placed, state.calls, now), notingId, placedRow);
  // A search can find a placed call by its note while that is being written: leaves the duplicate out of the list below.
  const notedAbove = placed.some(({ key }) => key === notingId) ? notingId : null;
  const listed = useMemo(
    () => (notedAbove === null ? state.calls : state.calls.filter(({ id }) => id !== notedAbove)),
    [notedAbove, state.calls],
  );
  // A call back placed here leaves the queue at once, not only when the relay's queue reflects it.
  const askedAt = state.queue?.askedAt;
  const waiting = useMemo(
    () => (askedAt === undefined ? listed : listed.filter((call) => !isCalledBack(call, own.known, askedAt))),
    [askedAt, listed, own.known],
  );
  const calls = useNoted(waiting, notedAbove === null ? notingId : null, listedRow);
  const askedId = useJustEnded(placed, calls, now);
  // After another search the unfolded call may not match: folds its note.
  useLayoutEffect(() => {
    if (notedAbove === null) setNotingId(null);
  }, [state.filter, state.text, state.range, state.outcome]);
  useCallFocus();
  const isAll = isEverything(state);
  const isEmpty = calls.length + (isAll ? placed : state.placed).length === 0;
  // The history is complete and empty, and nothing was placed: this agent's first day.
  const isNew = isAll && isEmpty && state.completeTo !== null;
  const failure = state.failure?.code === saidAbove ? null : state.failure;

  if (state.phase === 'loading') return <Skeleton label={t('calls_loading')} />;
  if (state.phase === 'failed') {
    return failure ? <Failed failure={failure} retry={list.refresh} /> : <p class="empty">{t('calls_unavailable')}</p>;
  }
  return (
    <div class="calls" aria-busy={state.busy} data-testid="calls">
      {failure && <Failed tone="warn" failure={failure} retry={list.refresh} />}
      <LazyStrayNotes notes={notes} region={region} placed={placed} calls={calls} openedId={openedId} />
      {placed.length > 0 && (
        <section aria-label={t('placed_heading')} onKeyDown={walkPlaced}>
          <InSight covered={covered.top} onSight={onPlacedSight} />
          <ul class="call-rows">
            {placed.map((call) => (
              <PlacedRow
                key={call.key}
                call={call}
                extension={own.known.find(({ key }) => key === call.key)?.extension}
                live={live}
                region={region}
                now={now}
                onDial={dialler.dial}
                isDone={placed.some(
                  (later) => later.number === call.number && isUnderWay(later) && later.createdAt > call.createdAt,
                )}
                onNote={setNotingId}
                onPage={onPage}
                notes={notes}
                isNoting={call.key === notingId}
                isAsking={call.key === askedId}
              />
            ))}
          </ul>
        </section>
      )}
      {calls.length > 0 && (
        <CallRows
          calls={calls}
          queue={state.queue}
          region={region}
          openedId={openedId}
          isPlaying={isPlaying}
          notingId={notingId}
          askedId={askedId}
          notes={notes}
          now={now}
          covered={covered}
          onTopDay={onTopDay}
          onDial={dialler.dial}
          onPlay={onPlay}
          onNote={setNotingId}
          onPage={onPage}
        />
      )}
      {isNew && <LazyFirstSteps done={2} />}
      {isEmpty && !isNew && (
        <p class="empty" data-testid="empty">
          {t(emptyWords(state))}
        </p>
      )}
      {isEmpty && hasOnlyDigits(state.text) && <LazyCallFound text={state.text} regions={regions} onDial={dialler.dial} />}
      {state.queue?.hasMore && (
        <p class="stamp" data-testid="queue-shown">
          {t('queue_shown', { shown: format.count(state.calls.length), count: format.count(state.queue.count) })}
        </p>
      )}
      {hasMore(state) && (
        <MoreButton
          busy={state.busy}
          auto={state.failure === null}
          onMore={list.loadMore}
          label={t(state.busy ? 'calls_loading' : 'calls_more')}
        />
      )}
      {state.queue && (
        <p class="stamp" data-testid="looked-back">
          {t('queue_looked_back', { time: format.moment(state.queue.lookedBackTo, now) })}
        </p>
      )}
      <p class="stamp" data-testid="complete-to">
        {state.completeTo === null ? t('complete_never') : t('complete_to', { time: format.moment(state.completeTo, now) })}
      </p>
      {live && <LiveLimits live={live} />}
    </div>
  );
}

/** Explains why current calls are not known. */
function LiveLimits({ live: { link, signals } }: { live: LiveState }) {
  const { t } = useView();
  const key = link === 'waiting' ? 'live_waiting' : link === 'open' && !signals ? 'live_off' : null;
  return (
    key && (
      <p class="stamp" data-testid="live-limits">
        {t(key)}
      </p>
    )
  );
}

interface RowOf<Call> {
  id(call: Call): string;
  at(call: Call): number;
}
const placedRow: RowOf<PlacedCall> = { id: ({ key }) => key, at: ({ createdAt }) => createdAt };
const listedRow: RowOf<HistoryCall> = { id: ({ id }) => id, at: ({ startedAt }) => startedAt };

/**
 * Keeps a call whose note is being written, even when the history takes it over or its outcome no longer matches the filter: the
 * editor must not vanish while in use.
 */
function useNoted<Call>(calls: Call[], notingId: string | null, { id, at }: RowOf<Call>): Call[] {
  const noted = useRef<Call | null>(null);
  const last = noted.current;
  noted.current = calls.find((call) => id(call) === notingId) ?? (last !== null && id(last) === notingId ? last : null);
  const kept = noted.current;
  return useMemo(
    () => (kept === null || calls.includes(kept) ? calls : [...calls, kept].sort((one, other) => at(other) - at(one))),
    [calls, kept, at],
  );
}
