import { useEffect, useRef } from 'preact/hooks';
import type { HistoryCall } from '../../relay/contract.ts';
import NoteEditor from '../notes/note-editor.tsx';
import type { Notes } from '../notes/notes-store.ts';
import { timesInText } from '../notes/times-in-text.ts';
import { useStore } from '../view/use-store.ts';
import { useView } from '../view/view.ts';
import type { Playback } from './playback.ts';

interface NotePanelProps {
  call: HistoryCall;
  notes: Notes;
  playback: Playback;
  /** Number of times inserted into the note so far; each insertion moves the cursor behind it. */
  added: number;
}

/** The note beside its recording; each time in the note seeks to that position. */
export function NotePanel({ call, notes, playback, added }: NotePanelProps) {
  const { t } = useView();
  const panel = useRef<HTMLDivElement>(null);
  const { duration } = useStore(playback.store);
  const text = useStore(notes.store).notes[call.id]?.change.text ?? call.note?.text ?? '';
  const times = timesInText(text, duration);
  useEffect(() => {
    const field = panel.current?.querySelector('textarea');
    if (added === 0 || !field) return;
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
    field.scrollTop = field.scrollHeight;
  }, [added]);
  const goBack = () => panel.current?.parentElement?.querySelector<HTMLElement>('.play-button')?.focus();
  return (
    <div ref={panel} class="note-panel">
      {added > 0 && <NoteEditor notes={notes} subject={call.id} note={call.note} call={call} onLeave={goBack} />}
      {times.length > 0 && (
        <ul class="note-times" aria-label={t('note_times')}>
          {times.map(({ seconds, label, words }, index) => (
            <li key={`${index}-${label}`}>
              <button
                type="button"
                class="chip"
                aria-label={t('note_go_to', { time: label, words })}
                onClick={() => playback.seek(seconds)}
                data-testid="note-time"
              >
                <strong>{label}</strong> {words}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
