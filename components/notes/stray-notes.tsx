import { useRef } from 'preact/hooks';
import type { HistoryCall, PlacedCall } from '../../relay/contract.ts';
import { formatNational } from '../../utils/phone/format-number.ts';
import { callJournalItem } from '../../utils/storage.ts';
import { useItem } from '../view/use-item.ts';
import { useStore } from '../view/use-store.ts';
import { useView } from '../view/view.ts';
import NoteEditor from './note-editor.tsx';
import { isStuck, type NoteState, type Notes } from './notes-store.ts';

export interface StrayNotesProps {
  notes: Notes;
  region: string;
  /** The calls that are shown in rows, and the one in the player. */
  placed: readonly PlacedCall[];
  calls: readonly HistoryCall[];
  openedId: string | null;
}

/**
 * Notes that could not be saved and whose calls stand in no row: the history has another name for a call that was just placed, and
 * none for one that the relay never got.
 */
export default function StrayNotes({ notes, region, placed, calls, openedId }: StrayNotesProps) {
  const { t, format } = useView();
  const states = useStore(notes.store).notes;
  const journal = useItem(callJournalItem) ?? [];
  const rows = new Set([openedId, ...placed.map(({ key }) => key), ...calls.map(({ id }) => id)]);
  const before = useRef<string[]>([]);
  const stays = (subject: string, { phase }: NoteState) =>
    before.current.includes(subject) && ((phase !== 'saved' && phase !== 'clean') || subject === focused());
  const strays = Object.entries(states)
    .filter(([subject, state]) => !rows.has(subject) && (isStuck(state) || stays(subject, state)))
    .map(([subject]) => subject);
  before.current = strays;
  if (strays.length === 0) return null;
  return (
    <section aria-label={t('note_unsaved')} data-testid="stray-notes">
      {strays.map((subject) => {
        const click = journal.find(({ key }) => key === subject);
        const who = click && formatNational(click.number, region);
        return (
          <div key={subject} class="stray-note" data-subject={subject}>
            <p>{who ? t('note_of', { who, time: format.time(click.clickedAt) }) : t('note_label')}</p>
            <NoteEditor notes={notes} subject={subject} note={null} />
          </div>
        );
      })}
    </section>
  );
}

/** The subject of the focused note: after saving it must not vanish while being edited. */
function focused(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('[data-subject]')?.dataset.subject;
}
