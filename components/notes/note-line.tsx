import type { Note } from '../../relay/contract.ts';
import { useView } from '../view/view.ts';
import { outcomeWords } from './outcome-words.ts';

/** The note of a call in its row: what came of it, and the first of its words. */
export function NoteLine({ note }: { note: Pick<Note, 'text' | 'outcome'> }) {
  const { t } = useView();
  return (
    <p class="note-line" data-testid="note-line">
      {note.outcome && <span class={`noted noted-${note.outcome}`}>{t(outcomeWords[note.outcome])}</span>}
      {note.text && (
        <span class="note-words" title={note.text}>
          {note.text}
        </span>
      )}
    </p>
  );
}
