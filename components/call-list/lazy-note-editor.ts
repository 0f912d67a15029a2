import type { NoteEditorProps } from '../notes/note-editor.tsx';
import { lazily } from '../view/lazily.tsx';

/** Most openings of the popup write nothing. */
export const LazyNoteEditor = lazily<NoteEditorProps>(() => import('../notes/note-editor.tsx'));
