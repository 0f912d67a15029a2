import { useEffect, useId, useRef } from 'preact/hooks';
import type { HistoryCall, Note, PlacedCall } from '../../relay/contract.ts';
import type { TextKey } from '../../utils/i18n/en.ts';
import type { Translate } from '../../utils/i18n/translate.ts';
import { isLasting, mostNoteLength } from '../../utils/note-drafts.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import styles from '../ui/note-editor.css?inline';
import { addStyles } from '../view/add-styles.ts';
import { failureText } from '../view/failure-text.ts';
import { useStore } from '../view/use-store.ts';
import { useView } from '../view/view.ts';
import { NoteLine } from './note-line.tsx';
import type { NoteState } from './note-state.ts';
import { notedCall } from './noted-call.ts';
import type { Notes } from './notes-store.ts';
import { OutcomeChips } from './outcome-chips.tsx';

addStyles(styles);

export interface NoteEditorProps {
  notes: Notes;
  /** The call's id, or the key of one that was just placed. */
  subject: string;
  note: Note | null;
  /** Absent: its note was opened before. */
  call?: HistoryCall | PlacedCall;
  /** Absent: it stays open. */
  onClose?: () => void;
  /** Escape in one that stays open. */
  onLeave?: () => void;
}

/** The agent's words for one call. There is no button to save: typing is enough. */
export default function NoteEditor({ notes, subject, note, call, onClose, onLeave }: NoteEditorProps) {
  const { t } = useView();
  const id = useId();
  const text = useRef<HTMLTextAreaElement>(null);
  const state = useStore(notes.store).notes[subject];
  useEffect(() => {
    if (call) notes.open(subject, note, notedCall(call));
  }, [notes, subject, note]);
  useEffect(() => {
    const field = text.current;
    if (!onClose || !field) return;
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }, [state === undefined]);
  if (!state) return null;

  const save = () => void notes.save(subject);
  const discard = () => {
    notes.discard(subject);
    text.current?.focus();
  };
  return (
    <fieldset
      class="note-editor"
      aria-label={t('note_label')}
      onKeyDown={(event) => {
        // During composition the key belongs to the input method.
        const leave = onClose ?? onLeave;
        if (event.key !== 'Escape' || event.isComposing || !leave) return;
        event.preventDefault();
        save();
        leave();
      }}
      data-testid="note-editor"
    >
      <textarea
        ref={text}
        class="input"
        rows={3}
        maxLength={mostNoteLength}
        value={state.change.text}
        placeholder={t('note_placeholder')}
        aria-label={t('note_label')}
        aria-describedby={`${id}-says`}
        data-testid="note-text"
        onInput={(event) => notes.edit(subject, { text: event.currentTarget.value })}
        onBlur={() => state.phase === 'waiting' && save()}
      />
      {state.phase === 'conflict' && state.theirs && (
        <Conflict theirs={state.theirs} onTake={discard} onKeep={() => void notes.keepMine(subject)} />
      )}
      <OutcomeChips outcome={state.change.outcome} onOutcome={(outcome) => notes.edit(subject, { outcome })} />
      <div class="note-foot">
        <p id={`${id}-says`} class={`note-says note-${state.phase}`} role="status" data-testid="note-says">
          {words(state, t)}
        </p>
        {state.phase === 'failed' && <WayOut state={state} onRetry={save} onDiscard={discard} />}
        {onClose && (
          <button
            type="button"
            class="button"
            onClick={() => {
              save();
              onClose();
            }}
            data-testid="note-close"
          >
            {t('close')}
          </button>
        )}
      </div>
    </fieldset>
  );
}

function words({ phase, failure, change }: NoteState, t: Translate<TextKey>): string {
  if (phase === 'failed' && failure) {
    const why = change.text.trim().length > mostNoteLength ? t('note_too_long') : failureText(t, failure);
    return t(isLasting(failure) ? 'note_refused' : 'note_kept', { why });
  }
  if (phase === 'waiting' || phase === 'saving') return t('note_saving');
  return phase === 'saved' ? t('note_saved') : '';
}

interface WayOutProps {
  state: NoteState;
  onRetry(): void;
  onDiscard(): void;
}

/** What was typed can be saved again, or at least taken elsewhere before it is given up. */
function WayOut({ state: { failure, change }, onRetry, onDiscard }: WayOutProps) {
  const { t } = useView();
  if (isLasting(failure))
    return (
      <>
        {change.text.trim() && <CopyButton text={change.text} label={t('note_copy')} />}
        <button type="button" class="button" onClick={onDiscard} data-testid="note-discard">
          {t('note_discard')}
        </button>
      </>
    );
  return (
    <button type="button" class="button" onClick={onRetry}>
      {t('retry')}
    </button>
  );
}

function Conflict({ theirs, onTake, onKeep }: { theirs: Note; onTake(): void; onKeep(): void }) {
  const { t } = useView();
  const isGone = theirs.text === '' && theirs.outcome === null;
  return (
    <div class="notice notice-warn note-conflict" role="alert" data-testid="note-conflict">
      <p>{t(isGone ? 'note_removed' : 'note_conflict')}</p>
      {!isGone && <NoteLine note={theirs} />}
      <button type="button" class="button button-quiet" onClick={onKeep} data-testid="note-keep-mine">
        {t('note_keep_mine')}
      </button>
      <button type="button" class="button button-quiet" onClick={onTake} data-testid="note-take-theirs">
        {t('note_take_theirs')}
      </button>
    </div>
  );
}
