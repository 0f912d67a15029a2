import type { Note, NoteChange } from '../../relay/contract.ts';
import type { NotedCall } from '../../utils/note-drafts.ts';
import type { Failure } from '../../utils/reply.ts';

export interface NoteState {
  call: NotedCall;
  /** As it stands in the editor. */
  change: NoteChange;
  /** The relay's content, as far as this view knows, and its version. */
  known: NoteChange;
  version: number;
  /** When that was saved, on the relay's clock; `editedAt` is on this computer's clock. */
  savedAt: number;
  editedAt: number;
  /** `waiting`: typed, not saved yet. `conflict`: saved elsewhere meanwhile; `theirs` is that. */
  phase: 'clean' | 'waiting' | 'saving' | 'saved' | 'failed' | 'conflict';
  /** Of the last save, in the phases `failed` and `conflict`. */
  failure: Failure | null;
  theirs: Note | null;
}

/** Whether the note has edits that the relay does not have and no save is pending. */
export function isUnsaved(state: NoteState | undefined): state is NoteState {
  return state !== undefined && state.phase !== 'saving' && isTyped(state);
}

/** Whether no automatic save will follow: the last one failed, or there is a conflict. */
export function isStuck({ failure }: NoteState): boolean {
  return failure !== null;
}

/** A call's note: the version saved here, if it is newer than the one in the call's list. */
export function newerNote(note: Note | null, state: NoteState | undefined): Note | null {
  if (!state || state.version <= (note?.version ?? 0)) return note;
  return relayNote(state);
}

/** A call's note as the agent left it here, saved or not. */
export function noteHere(note: Note | null, state: NoteState | undefined): NoteChange | null {
  return state && isTyped(state) ? state.change : newerNote(note, state);
}

export function relayNote({ known, version, savedAt }: NoteState): Note {
  return { ...known, version, updatedAt: savedAt };
}

export function isTyped({ change, known }: Pick<NoteState, 'change' | 'known'>): boolean {
  return !isSame(change, known);
}

export function isSame(one: NoteChange, other: NoteChange): boolean {
  return one.text.trim() === other.text.trim() && one.outcome === other.outcome;
}

export function knownOf(note: Note | null): Pick<NoteState, 'known' | 'version' | 'savedAt'> {
  return { known: contentOf(note), version: note?.version ?? 0, savedAt: note?.updatedAt ?? 0 };
}

export function contentOf(note: NoteChange | null): NoteChange {
  return { text: note?.text ?? '', outcome: note?.outcome ?? null };
}
