import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { HistoryCall, PlacedCall } from '../../relay/contract.ts';
import { peerText } from '../view/peer-text.ts';
import { useRelayNow } from '../view/use-relay-now.ts';
import { useStore } from '../view/use-store.ts';
import { useView } from '../view/view.ts';
import NoteEditor from './note-editor.tsx';
import { isStuck, type NoteState } from './note-state.ts';
import type { Notes } from './notes-store.ts';

export interface StrayNotesProps {
  notes: Notes;
  region: string;
  /** The calls that are shown in rows, and the one in the player. */
  placed: readonly PlacedCall[];
  calls: readonly HistoryCall[];
  openedId: string | null;
}

/**
 * Notes that could not be saved and whose calls have no row: something else is listed, the history has another id for a call that
 * was just placed, or the relay never received the call.
 */
export default function StrayNotes({ notes, region, placed, calls, openedId }: StrayNotesProps) {
  const { t, format } = useView();
  const states = useStore(notes.store).notes;
  const now = useRelayNow(60_000);
  const rows = new Set([openedId, ...placed.map(({ key }) => key), ...calls.map(({ id }) => id)]);
  const before = useRef<string[]>([]);
  const stays = (subject: string, { phase }: NoteState) =>
    before.current.includes(subject) && phase !== 'clean' && (phase !== 'saved' || subject === focused());
  const strays = Object.entries(states).filter(
    ([subject, state]) => !rows.has(subject) && (isStuck(state) || stays(subject, state)),
  );
  before.current = strays.map(([subject]) => subject);
  if (strays.length === 0) return null;
  return (
    <section aria-label={t('note_unsaved')} data-testid="stray-notes">
      {strays.map(([subject, { call }]) => {
        const who = call.peer.name ?? peerText(call.peer.number, region, t);
        return (
          <Stray key={subject} subject={subject} notes={notes}>
            <p>{t('note_of', { who, time: format.moment(call.startedAt, now) })}</p>
            <NoteEditor notes={notes} subject={subject} note={null} />
          </Stray>
        );
      })}
    </section>
  );
}

interface StrayProps {
  notes: Notes;
  subject: string;
  children: ComponentChildren;
}

/** When a note with the focus is given up, the focus moves to the list below: what is typed next must enter no other note. */
function Stray({ notes, subject, children }: StrayProps) {
  // A layout effect's clean-up runs while the note is still in the document.
  useLayoutEffect(
    () => () => {
      if (focused() === subject && notes.store.getState().notes[subject]?.phase === 'clean')
        document.querySelector<HTMLElement>('.call[tabindex]')?.focus();
    },
    [],
  );
  return (
    <div class="stray-note" data-subject={subject}>
      {children}
    </div>
  );
}

/** The subject of the focused note: after saving it must not vanish while being edited. */
function focused(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('[data-subject]')?.dataset.subject;
}
