import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { HistoryCall, Outcome } from '../../relay/contract.ts';
import { findPlace } from '../../utils/calls/call-places.ts';
import { crmSearchUrl } from '../../utils/live/crm-link.ts';
import { agentSettingsItem, callPlacesItem } from '../../utils/storage.ts';
import type { Covered } from '../calls-view/use-covered.ts';
import { contentOf, isUnsaved, type NoteState, noteHere } from '../notes/note-state.ts';
import type { Notes } from '../notes/notes-store.ts';
import { isAwaited } from '../player/late-recording.ts';
import { useItem } from '../view/use-item.ts';
import { useStore } from '../view/use-store.ts';
import { useView } from '../view/view.ts';
import { CallRow } from './call-row.tsx';
import { groupByDay, listItems } from './list-items.ts';
import type { OpenPage } from './open-page.ts';
import type { Queue } from './queue.ts';
import { useWindowRows } from './use-window-rows.ts';
import { focusLastPlaced, focusRow, isWriting } from './walk-rows.ts';

interface CallRowsProps {
  calls: HistoryCall[];
  queue: Queue | null;
  region: string;
  openedId: string | null;
  isPlaying: boolean;
  notingId: string | null;
  /** The call whose row asks for its outcome. */
  askedId: string | null;
  notes: Notes;
  now: number;
  covered: Covered;
  /** Receives the day of the rows under the search bar once its heading is scrolled away; null while it is visible. */
  onTopDay(name: string | null): void;
  onDial(number: string): void;
  onPlay(call: HistoryCall): void;
  onNote(subject: string | null): void;
  onPage: OpenPage;
}

const rowHeight = 56;
const dayHeight = 36;
/** Estimated height of the status line, the site switch and the search with its filters. */
const above = 150;
/** Height of the day's name that hangs below the search bar. */
const topDayHeight = 29;
const steps: Record<string, number> = {
  ArrowDown: 1,
  ArrowUp: -1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** The calls under their days; only what is in the window is in the document. Arrow keys go from call to call. */
export function CallRows(props: CallRowsProps) {
  const {
    calls,
    queue,
    region,
    openedId,
    isPlaying,
    notingId,
    askedId,
    notes,
    now,
    covered,
    onTopDay,
    onDial,
    onPlay,
    onNote,
    onPage,
  } = props;
  const { t, format } = useView();
  const places = useItem(callPlacesItem) ?? [];
  const crmSearch = useItem(agentSettingsItem)?.crmSearch ?? '';
  const noteStates = useStore(notes.store).notes;
  const items = useMemo(() => listItems(calls, format.dayKey), [calls, format]);
  const records = useMemo(() => calls.some(({ hasRecording }) => hasRecording), [calls]);
  const keys = useMemo(() => items.map(({ key }) => key), [items]);
  const box = useRef<HTMLDivElement>(null);
  const [kept, setKept] = useState<string | null>(null);
  const wanted = useRef<string | null>(null);
  const keptIndex = kept === null ? -1 : keys.indexOf(kept);
  const rows = useWindowRows({
    keys,
    heightOf: (index) => (items[index]?.kind === 'day' ? dayHeight : rowHeight),
    kept: keptIndex === -1 ? null : keptIndex,
    box,
    above,
    covered: { ...covered, top: covered.top === 0 ? 0 : covered.top + topDayHeight },
  });

  const edge = window.scrollY + covered.top;
  const topIndex = covered.top > 0 && edge > rows.options.scrollMargin ? rows.getVirtualItemForOffset(edge)?.index : undefined;
  const top = topIndex === undefined ? undefined : items[topIndex];
  const topDay = top?.kind === 'call' ? format.day(top.call.startedAt, now) : null;
  useEffect(() => onTopDay(topDay), [topDay, onTopDay]);
  useEffect(() => () => onTopDay(null), [onTopDay]);

  useEffect(() => {
    if (wanted.current === null || wanted.current !== kept) return;
    const row = box.current?.querySelector<HTMLElement>(`[data-index="${keptIndex}"]`);
    if (!row) return;
    wanted.current = null;
    focusRow(row);
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    const from = indexOf(event.target);
    // In a note these keys edit the text.
    if (step === undefined || from === null || isWriting(event.target)) return;
    event.preventDefault();
    // The row itself has the focus where it took the place of one that was called: it comes next.
    if (step === 1 && (event.target as Element).matches('.call')) return focusRow(event.target as HTMLElement);
    const places = items.flatMap((item, index) => (item.kind === 'call' ? [index] : []));
    if (step === -1 && from === places[0] && focusLastPlaced()) return;
    const next = places[Math.max(0, Math.min(places.length - 1, places.indexOf(from) + step))];
    if (next === undefined) return;
    rows.scrollToIndex(next, { align: 'auto' });
    wanted.current = keys[next] ?? null;
    setKept(wanted.current);
  };
  const onFocusIn = (event: FocusEvent) => {
    const index = indexOf(event.target);
    if (index !== null) setKept(keys[index] ?? null);
  };
  const onFocusOut = (event: FocusEvent) => {
    if (indexOf(event.relatedTarget) === null && wanted.current === null) setKept(null);
  };

  const drawn = rows.getVirtualItems().flatMap(({ index, start }) => {
    const item = items[index];
    return item ? [{ item, index, day: item.day, top: start - rows.options.scrollMargin }] : [];
  });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the buttons inside
    <div
      ref={box}
      class="windowed"
      style={{ height: `${rows.getTotalSize()}px` }}
      onKeyDown={onKeyDown}
      onFocusIn={onFocusIn}
      onFocusOut={onFocusOut}
      data-testid="call-rows"
    >
      {groupByDay(drawn).map((day) => {
        const [first] = day;
        if (!first) return null;
        const name = format.day(first.item.kind === 'day' ? first.item.at : first.item.call.startedAt, now);
        return (
          <section key={first.day} aria-label={name}>
            {first.item.kind === 'day' && (
              <h2 class="day-name" ref={rows.measureElement} data-index={first.index} style={{ top: `${first.top}px` }}>
                {name}
              </h2>
            )}
            <ul>
              {day.map(({ item, index, top }) =>
                item.kind === 'day' ? null : (
                  <CallRow
                    key={item.key}
                    call={item.call}
                    region={region}
                    isOpen={item.key === openedId}
                    isPlaying={item.key === openedId && isPlaying}
                    isAwaited={records && isAwaited(item.call, now)}
                    hasPage={hasPage(item.call)}
                    crm={crmSearchUrl(crmSearch, item.call.peer.number, region)}
                    isNoting={item.key === notingId}
                    asked={item.key === askedId ? outcomeHere(item.call) : undefined}
                    unsaved={unsavedOf(item.key)}
                    notes={notes}
                    waiting={queue && waitingWords(item.call, queue.times.get(item.key) ?? 1)}
                    index={index}
                    top={top}
                    place={item.place}
                    of={item.of}
                    measure={rows.measureElement}
                    onDial={onDial}
                    onPlay={onPlay}
                    onNote={onNote}
                    onPage={onPage}
                  />
                ),
              )}
            </ul>
          </section>
        );
      })}
    </div>
  );

  function unsavedOf(subject: string): NoteState | null {
    const state = noteStates[subject];
    return isUnsaved(state) ? state : null;
  }

  function outcomeHere({ id, note }: HistoryCall): Outcome | null {
    return contentOf(noteHere(note, noteStates[id])).outcome;
  }

  function hasPage({ direction, peer, startedAt }: HistoryCall): boolean {
    return direction === 'outbound' && findPlace(places, { number: peer.number, startedAt }, now) !== undefined;
  }

  function waitingWords(call: HistoryCall, times: number): string {
    const ago = format.ago(call.startedAt, now);
    return times === 1 ? ago : t(times === 0 ? 'queue_later' : 'queue_times', { times: format.count(times), ago });
  }
}

function indexOf(target: EventTarget | null): number | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
  return row ? Number(row.dataset.index) : null;
}
