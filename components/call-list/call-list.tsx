import { useCallback, useEffect, useRef } from 'preact/hooks';
import type { HistoryCall } from '../../relay/contract.ts';
import { Notice } from '../ui/notice.tsx';
import { failureText } from '../view/failure-text.ts';
import { useNow } from '../view/use-now.ts';
import { useStore } from '../view/use-store.ts';
import { useView } from '../view/view.ts';
import type { CallList as CallListModel, CallListState } from './call-list-store.ts';
import { CallRow } from './call-row.tsx';
import type { Dialler } from './dialler.ts';
import { groupByDay } from './group-by-day.ts';
import { mergePlaced } from './merge-placed.ts';
import { PlacedRow } from './placed-row.tsx';

interface CallListProps {
  list: CallListModel;
  dialler: Dialler;
  region: string;
  playingId: string | null;
  /** Code of a failure that the status line says already, so that it is not said twice. */
  saidAbove: string | null;
  onPlay(call: HistoryCall): void;
}

export function CallList({ list, dialler, region, playingId, saidAbove, onPlay }: CallListProps) {
  const { t, format } = useView();
  const state = useStore(list.store);
  const own = useStore(dialler.store).calls;
  const now = useNow(10_000);
  const onDial = useCallback((number: string) => void dialler.dial(number), [dialler]);
  const retry = { label: t('retry'), run: () => void list.refresh() };
  // What was dialled here stays in sight under any filter; the relay's memory belongs to the whole list.
  const placed = mergePlaced(own, isUnfiltered(state) ? state.placed : [], state.calls, now);

  const failure = state.failure?.code === saidAbove ? null : state.failure;

  if (state.phase === 'loading') return <Skeleton label={t('calls_loading')} />;
  if (state.phase === 'failed') {
    return failure ? (
      <Notice tone="bad" action={retry}>
        {failureText(t, failure)}
      </Notice>
    ) : (
      <p class="empty">{t('calls_unavailable')}</p>
    );
  }
  return (
    <div class="calls" aria-busy={state.busy} data-testid="calls">
      {failure && (
        <Notice tone="warn" action={retry}>
          {failureText(t, failure)}
        </Notice>
      )}
      {placed.length > 0 && (
        <section aria-label={t('placed_heading')}>
          <ul class="call-rows">
            {placed.map((call) => (
              <PlacedRow key={call.key} call={call} region={region} now={now} onDial={onDial} />
            ))}
          </ul>
        </section>
      )}
      {groupByDay(state.calls, format.dayKey).map((day) => (
        <section key={day.key} class="day">
          <h2 class="day-name">{format.day(day.calls[0]?.startedAt ?? now, now)}</h2>
          <ul class="call-rows">
            {day.calls.map((call) => (
              <CallRow
                key={call.id}
                call={call}
                region={region}
                isPlaying={call.id === playingId}
                onDial={onDial}
                onPlay={onPlay}
              />
            ))}
          </ul>
        </section>
      ))}
      {state.calls.length === 0 && placed.length === 0 && (
        <p class="empty" data-testid="empty">
          {t(isUnfiltered(state) ? 'calls_empty' : 'calls_none_match')}
        </p>
      )}
      {state.nextCursor !== null && (
        <MoreButton
          busy={state.busy}
          auto={state.failure === null}
          onMore={list.loadMore}
          label={t(state.busy ? 'calls_loading' : 'calls_more')}
        />
      )}
      <p class="stamp" data-testid="complete-to">
        {state.completeTo === null ? t('complete_never') : t('complete_to', { time: format.moment(state.completeTo, now) })}
      </p>
    </div>
  );
}

function isUnfiltered({ filter, text }: CallListState): boolean {
  return filter === 'all' && text.trim() === '';
}

/** Presses itself when it comes near the screen; stays a button for whoever has no scroll. */
function MoreButton({ busy, auto, label, onMore }: { busy: boolean; auto: boolean; label: string; onMore(): Promise<void> }) {
  const button = useRef<HTMLButtonElement>(null);
  // Watched anew after each page: a short page leaves the button in view, where it would not "enter" again.
  useEffect(() => {
    if (busy || !auto || !button.current) return;
    const watcher = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && void onMore(), {
      rootMargin: '600px',
    });
    watcher.observe(button.current);
    return () => watcher.disconnect();
  }, [busy, auto, onMore]);
  return (
    <button type="button" class="button more" ref={button} disabled={busy} onClick={() => void onMore()} data-testid="load-more">
      {label}
    </button>
  );
}

function Skeleton({ label }: { label: string }) {
  return (
    <div role="status" data-testid="loading">
      <span class="hidden">{label}</span>
      {Array.from({ length: 6 }, (_, row) => (
        <div key={row} class="skeleton" aria-hidden="true">
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}
