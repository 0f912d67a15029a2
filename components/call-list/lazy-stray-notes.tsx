import { useRef } from 'preact/hooks';
import { isStuck } from '../notes/note-state.ts';
import type { StrayNotesProps } from '../notes/stray-notes.tsx';
import { lazily } from '../view/lazily.tsx';
import { useStore } from '../view/use-store.ts';

const StrayNotes = lazily<StrayNotesProps>(() => import('../notes/stray-notes.tsx'));

/** Loaded on demand, since most views save all their notes. */
export function LazyStrayNotes(props: StrayNotesProps) {
  const states = useStore(props.notes.store).notes;
  const isNeeded = useRef(false);
  isNeeded.current ||= Object.values(states).some(isStuck);
  return isNeeded.current && <StrayNotes {...props} />;
}
