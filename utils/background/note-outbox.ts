import type { Note, NoteChange } from '../../relay/contract.ts';
import { createTurns } from '../create-turns.ts';
import { isLasting, type NoteDraft, type NoteDrafts, noteDrafts } from '../note-drafts.ts';
import type { Reply } from '../reply.ts';
import { notesRestoredItem } from '../storage.ts';
import type { KeptDrafts } from './kept-drafts.ts';

const minuteMs = 60_000;
const leastMinutes = 0.5;
const mostMinutes = 15;
/** Somebody is typing still, and the view will save it. */
const typingMs = 5_000;

export interface OutboxDeps {
  kept: Pick<KeptDrafts, 'all' | 'put' | 'drop'>;
  drafts?: NoteDrafts;
  save(subject: string, change: NoteChange, version: number): Promise<Reply<Note>>;
  get(subject: string): Promise<Reply<Note>>;
  onSaved(subject: string, note: Note): Promise<void>;
  /** Whose notes are saved with this connection; null: nobody is known to be connected. */
  agentId(): Promise<string | null>;
  /** Runs `retry` after so many minutes, also when the background was ended meanwhile; null: never. */
  schedule(minutes: number | null): Promise<void>;
  now?: () => number;
}

/**
 * Notes that wait for the relay: tried again, each time after as long again as they have waited, until they are saved. While none
 * waits nothing runs. What is kept outlives the browser.
 */
export function createNoteOutbox(deps: OutboxDeps) {
  const { kept, drafts = noteDrafts, agentId, schedule, now = Date.now } = deps;
  const failed = (error: unknown) => console.error('Dialside could not keep a note.', error);
  const keeping = createTurns(failed);
  // What is typed while the relay is asked is kept meanwhile.
  const saving = createTurns(failed);

  /** Whether these are the notes of a browser that was just opened, which nobody has tried to save. */
  async function restore(): Promise<boolean> {
    const [copies, live, isRestored] = await Promise.all([kept.all(), drafts.read(), notesRestoredItem.getValue()]);
    for (const [subject, draft] of Object.entries(copies)) {
      if (subject in live) continue;
      // In the same session of the browser it was saved while nobody was there to see.
      if (isRestored) await kept.drop(subject);
      else await drafts.keep(subject, draft);
    }
    for (const [subject, draft] of Object.entries(live))
      if (copies[subject]?.editedAt !== draft.editedAt) await kept.put(subject, draft);
    await notesRestoredItem.setValue(true);
    return !isRestored;
  }

  async function saveAll(): Promise<void> {
    const mine = await readMine();
    // A background that is killed meanwhile is woken for it again.
    if (mine.length > 0) await keeping(() => schedule(mostMinutes));
    const over = new Map<string, number>();
    for (const [subject, draft] of mine) if (await saveOne(subject, draft)) over.set(subject, draft.editedAt);
    // In turn with what was kept meanwhile, which is not to be forgotten with the rest.
    await keeping(async () => {
      const left = (await readMine()).filter(([subject, { editedAt }]) => over.get(subject) !== editedAt);
      await schedule(left.length === 0 ? null : minutesAfter(Math.max(...left.map(([, { editedAt }]) => editedAt))));
    });
  }

  async function readMine(): Promise<[subject: string, draft: NoteDraft][]> {
    const owner = await agentId();
    // What the relay never takes waits for the agent.
    return Object.entries(await drafts.read()).filter(([, { agentId, failure }]) => agentId === owner && !failure);
  }

  /** False while it should be tried again. */
  async function saveOne(subject: string, draft: NoteDraft): Promise<boolean> {
    if (age(draft.editedAt) < typingMs) return false;
    const change = { text: draft.text.trim(), outcome: draft.outcome };
    const saved = await deps.save(subject, change, draft.version);
    if (!saved.ok && saved.error.code !== 'version_conflict') return isLasting(saved.error);
    const reply = saved.ok ? saved : await deps.get(subject);
    if (!reply.ok) return isLasting(reply.error);
    // Saved before, by an answer that was lost; otherwise the agent is shown both.
    if (reply.value.text !== change.text || reply.value.outcome !== change.outcome) return true;
    await deps.onSaved(subject, reply.value);
    await drafts.drop(subject, draft.editedAt);
    return true;
  }

  function minutesAfter(editedAt: number): number {
    return Math.min(mostMinutes, Math.max(leastMinutes, age(editedAt) / minuteMs));
  }

  /** By a clock that may have been set back since. */
  function age(editedAt: number): number {
    return Math.abs(now() - editedAt);
  }

  async function keep(subject: string, draft: NoteDraft): Promise<void> {
    await kept.put(subject, draft);
    // A view that closes with its last key saves nothing any more.
    if (!draft.failure) await schedule(leastMinutes);
  }

  return {
    async restore(): Promise<void> {
      if (await keeping(restore)) await saving(saveAll);
    },
    retry: () => saving(saveAll),
    /** A draft was kept, or dropped with null. */
    follow: (subject: string, draft: NoteDraft | null) => keeping(() => (draft ? keep(subject, draft) : kept.drop(subject))),
    /** A view could not save one. */
    wait: () => keeping(() => schedule(leastMinutes)),
  };
}
