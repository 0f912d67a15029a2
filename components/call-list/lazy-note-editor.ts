import type { NoteEditorProps } from '../notes/note-editor.tsx';
import { lazily } from '../view/lazily.tsx';

/** Loaded on demand, since in most openings of the popup no note is written. */
export const LazyNoteEditor = lazily<NoteEditorProps>(() => import('../notes/note-editor.tsx'));
