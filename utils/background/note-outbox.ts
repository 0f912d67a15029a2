import type { Note, NoteChange } from '../../relay/contract.ts';
import { createTurns } from '../create-turns.ts';
import { isLasting, type NoteDraft, type NoteDrafts, noteDrafts } from '../note-drafts.ts';
import type { Reply } from '../reply.ts';
import { notesRestoredItem } from '../storage.ts';
import type { KeptDrafts } from './kept-drafts.ts';

const minuteMs = 60_000;
const leastMinutes = 0.5;
const mostMinutes = 15;
/** A draft edited this recently is still being typed; the view will save it. */
const typingMs = 5_000;

interface OutboxDeps {
  kept: Pick<KeptDrafts, 'all' | 'put' | 'drop'>;
  drafts?: NoteDrafts;
  save(subject: string, change: NoteChange, version: number): Promise<Reply<Note>>;
  get(subject: string): Promise<Reply<Note>>;
  onSaved(subject: string, note: Note): Promise<void>;
  /** The agent whose notes this connection saves; null if nobody is known to be connected. */
  agentId(): Promise<string | null>;
  /** Runs `retry` after this many minutes, even if the background is ended meanwhile; null cancels it. */
  schedule(minutes: number | null): Promise<void>;
  now?: () => number;
}

/**
 * Saves notes that wait for the relay. Retries back off: each waits as long as the note has waited so far. While no note waits,
 * no timer runs. Kept notes survive a restart of the browser.
 */
export function createNoteOutbox(deps: OutboxDeps) {
  const { kept, drafts = noteDrafts, agentId, schedule, now = Date.now } = deps;
  const failed = (error: unknown) => console.error('Dialside could not keep a note.', error);
  const keeping = createTurns(failed);
  // A separate queue, so that edits made during a request to the relay are kept at once.
  const saving = createTurns(failed);

  /** Returns whether the browser was just started, so that nothing has tried to save these notes yet. */
  async function restore(): Promise<boolean> {
    const [copies, live, isRestored] = await Promise.all([kept.all(), drafts.read(), notesRestoredItem.getValue()]);
    for (const [subject, draft] of Object.entries(copies)) {
      if (subject in live) continue;
      // Within the same browser session, a missing draft means that it was saved while no background was running.
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
    // Scheduled beforehand, so that a background killed meanwhile is woken again for the rest.
    if (mine.length > 0) await keeping(() => schedule(mostMinutes));
    const over = new Map<string, number>();
    for (const [subject, draft] of mine) if (await saveOne(subject, draft)) over.set(subject, draft.editedAt);
    // In the `keeping` queue, so that the schedule includes drafts kept meanwhile.
    await keeping(async () => {
      const left = (await readMine()).filter(([subject, { editedAt }]) => over.get(subject) !== editedAt);
      await schedule(left.length === 0 ? null : minutesAfter(Math.max(...left.map(([, { editedAt }]) => editedAt))));
    });
  }

  async function readMine(): Promise<[subject: string, draft: NoteDraft][]> {
    const owner = await agentId();
    // Notes that the relay refuses for good wait for the agent instead.
    return Object.entries(await drafts.read()).filter(([, { agentId, failure }]) => agentId === owner && !failure);
  }

  /** False if it should be tried again. */
  async function saveOne(subject: string, draft: NoteDraft): Promise<boolean> {
    if (age(draft.editedAt) < typingMs) return false;
    const change = { text: draft.text.trim(), outcome: draft.outcome };
    const saved = await deps.save(subject, change, draft.version);
    if (!saved.ok && saved.error.code !== 'version_conflict') return isLasting(saved.error);
    const reply = saved.ok ? saved : await deps.get(subject);
    if (!reply.ok) return isLasting(reply.error);
    // Equal text: it was saved earlier and the answer was lost. Otherwise the view shows the agent both versions.
    if (reply.value.text !== change.text || reply.value.outcome !== change.outcome) return true;
    await deps.onSaved(subject, reply.value);
    await drafts.drop(subject, draft.editedAt);
    return true;
  }

  function minutesAfter(editedAt: number): number {
    return Math.min(mostMinutes, Math.max(leastMinutes, age(editedAt) / minuteMs));
  }

  /** Absolute, since the clock may have been set back since. */
  function age(editedAt: number): number {
    return Math.abs(now() - editedAt);
  }

  async function keep(subject: string, draft: NoteDraft): Promise<void> {
    // A view closed right after a keystroke does not save any more. Scheduled first: the disk may be full.
    if (!draft.failure) await schedule(leastMinutes);
    await kept.put(subject, draft);
  }

  return {
    async restore(): Promise<void> {
      if (await keeping(restore)) await saving(saveAll);
    },
    retry: () => saving(saveAll),
    /** A view stored a draft, or with null dropped it. */
    follow: (subject: string, draft: NoteDraft | null) => keeping(() => (draft ? keep(subject, draft) : kept.drop(subject))),
    /** A view could not save a draft. */
    wait: () => keeping(() => schedule(leastMinutes)),
  };
}
