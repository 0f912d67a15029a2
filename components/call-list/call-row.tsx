import type { HistoryCall, Outcome } from '../../relay/contract.ts';
import { isDialable } from '../../utils/phone/is-dialable.ts';
import { RowNote } from '../notes/note-line.tsx';
import type { NoteState } from '../notes/note-state.ts';
import { notedCall } from '../notes/noted-call.ts';
import type { Notes } from '../notes/notes-store.ts';
import { OutcomeChips } from '../notes/outcome-chips.tsx';
import { Icon } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { memo } from '../ui/memo.ts';
import { peerText } from '../view/peer-text.ts';
import { useView } from '../view/view.ts';
import { callWords, outcomeText } from './call-words.ts';
import { LazyNoteEditor } from './lazy-note-editor.ts';
import type { OpenPage } from './open-page.ts';
import { PageLink } from './page-link.tsx';

interface CallRowProps {
  call: HistoryCall;
  region: string;
  /** Whether its recording is in the player, and whether that plays. */
  isOpen: boolean;
  isPlaying: boolean;
  /** Whether its recording should come soon. */
  isAwaited: boolean;
  /** Whether the page it was placed on is remembered. */
  hasPage: boolean;
  /** Address of the CRM's search for the number; null: none is set. */
  crm: string | null;
  /** Whether its note is unfolded. */
  isNoting: boolean;
  /** The outcome in a row that asks for it; undefined: it does not. */
  asked: Outcome | null | undefined;
  /** The note as typed, if it is not saved yet; null: nothing unsaved. */
  unsaved: NoteState | null;
  notes: Notes;
  /** For a call in the queue: why its number waits, and for how long. */
  waiting: string | null;
  /** Its index and top offset in the windowed list, and its position among the calls of its day. */
  index: number;
  top: number;
  place: number;
  of: number;
  measure(row: HTMLElement | null): void;
  onDial(number: string): void;
  onPlay(call: HistoryCall): void;
  /** Unfolds the note of a call, or folds it with null. */
  onNote(subject: string | null): void;
  onPage: OpenPage;
}

export const CallRow = memo((props: CallRowProps) => {
  const {
    call,
    region,
    isOpen,
    isPlaying,
    isAwaited,
    hasPage,
    crm,
    isNoting,
    asked,
    unsaved,
    notes,
    waiting,
    index,
    top,
    place,
    of,
    measure,
    onDial,
    onPlay,
    onNote,
    onPage,
  } = props;
  const { t, format } = useView();
  const words = callWords(call);
  const number = peerText(call.peer.number, region, t);
  const who = call.peer.name ?? number;
  const time = format.time(call.startedAt);
  const outcome = outcomeText(call, t);
  return (
    <li
      class="call"
      ref={measure}
      style={{ top: `${top}px` }}
      tabIndex={-1}
      aria-posinset={place}
      aria-setsize={of}
      data-index={index}
      data-testid="call-row"
      data-open={isOpen}
    >
      <span class={`call-direction call-${words.tone}`} title={t(words.direction)}>
        <Icon name={words.icon} size={18} />
        <span class="hidden">{t(words.direction)}</span>
      </span>
      <div class="call-text">
        <p class="call-head">
          <span class="call-who" title={who}>
            {who}
          </span>
          <time class="call-time" dateTime={new Date(call.startedAt).toISOString()}>
            {time}
          </time>
        </p>
        <p class="call-facts">
          {call.peer.name !== null && <span class="call-number">{number}</span>}
          <span class={`call-${words.tone}`}>{outcome}</span>
          {waiting !== null && <span data-testid="waiting">{waiting}</span>}
          {call.talkSeconds > 0 && (
            <span
              title={t('call_lengths', { talk: format.duration(call.talkSeconds), total: format.duration(call.durationSeconds) })}
            >
              {format.clock(call.talkSeconds)}
            </span>
          )}
          {isAwaited && <span data-testid="recording-awaited">{t('recording_awaited')}</span>}
          {(hasPage || crm) && (
            <span class="call-page">
              <PageLink
                who={who}
                hasPage={hasPage}
                onPage={() => onPage({ number: call.peer.number, startedAt: call.startedAt })}
                crm={crm}
              />
            </span>
          )}
        </p>
        {!isNoting && <RowNote note={call.note} unsaved={unsaved} isTextOnly={asked !== undefined} />}
      </div>
      {asked !== undefined && !isNoting && (
        <OutcomeChips outcome={asked} onOutcome={(outcome) => notes.choose(call.id, call.note, notedCall(call), outcome)} />
      )}
      <div class="call-actions">
        <IconButton
          icon="note"
          label={t('note_of', { who, time })}
          expanded={isNoting}
          onClick={() => onNote(isNoting ? null : call.id)}
          testId="note"
        />
        {call.hasRecording && (
          <IconButton
            icon={isPlaying ? 'pause' : 'play'}
            label={t('play_of', { who, time })}
            pressed={isPlaying}
            onClick={() => onPlay(call)}
            testId="play-recording"
          />
        )}
        {isDialable(call.peer.number) && (
          <IconButton
            icon="call"
            tone="accent"
            label={t('call_back', { number })}
            onClick={() => onDial(call.peer.number)}
            testId="call-back"
          />
        )}
      </div>
      {isNoting && <LazyNoteEditor notes={notes} subject={call.id} note={call.note} call={call} onClose={() => onNote(null)} />}
    </li>
  );
});
