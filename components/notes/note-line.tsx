import type { Note } from '../../relay/contract.ts';
import { useView } from '../view/view.ts';
import { contentOf, type NoteState } from './note-state.ts';
import { outcomeWords } from './outcome-words.ts';

interface NoteLineProps {
  note: Pick<Note, 'text' | 'outcome'>;
  /** Whether the relay does not have it yet. */
  isUnsaved?: boolean;
}

/** The note of a call in its row: what came of it, and the first of its words. */
export function NoteLine({ note, isUnsaved = false }: NoteLineProps) {
  const { t } = useView();
  return (
    <p class="note-line" data-testid="note-line">
      {isUnsaved && (
        <span class="noted noted-unsaved" data-testid="note-unsaved">
          {t('note_unsaved')}
        </span>
      )}
      {note.outcome && <span class={`noted noted-${note.outcome}`}>{t(outcomeWords[note.outcome])}</span>}
      {note.text && (
        <span class="note-words" title={note.text}>
          {note.text}
        </span>
      )}
    </p>
  );
}

interface RowNoteProps {
  note: Note | null;
  unsaved: NoteState | null;
  /** Whether the row shows the outcome otherwise. */
  isTextOnly: boolean;
}

/** The folded note of a call in its latest version, saved or not. */
export function RowNote({ note, unsaved, isTextOnly }: RowNoteProps) {
  const { text, outcome } = contentOf(unsaved?.change ?? note);
  const shown = { text, outcome: isTextOnly ? null : outcome };
  return (unsaved || text || shown.outcome) && <NoteLine note={shown} isUnsaved={unsaved !== null} />;
}
