import { browser } from '@wxt-dev/browser';
import { storage } from '@wxt-dev/storage';
import type { HistoryCall, NoteChange } from '../relay/contract.ts';
import type { Failure } from './reply.ts';

/** Whom a note is on and when they called or were called, on the relay's clock: the call itself may be in no list. */
export type NotedCall = Pick<HistoryCall, 'peer' | 'startedAt'>;

/** A note that the relay does not have yet: what was typed, and the version that it was typed over. */
export interface NoteDraft extends NoteChange {
  agentId: string;
  call: NotedCall;
  version: number;
  known: NoteChange;
  editedAt: number;
  /** The outcome was chosen on a page; the text is as a view typed it. */
  chosen?: true;
  /** Why the relay will never accept the draft as it is; absent: unknown. */
  failure?: Failure | null;
}

/** The relay's limit in characters; a merge of two notes may be longer. */
export const mostNoteLength = 4000;

const lasting: (string | undefined)[] = ['bad_request', 'message_refused', 'not_found', 'call_not_found', 'too_large'];

/** Whether every retry of a failed save would get the same answer, so that the agent has to look at the note. */
export function isLasting(failure: Failure | null): boolean {
  return lasting.includes(failure?.code);
}

const prefix = 'noteDraft:';
const keyOf = (subject: string) => `session:${prefix}${subject}` as const;

/**
 * Drafts by the subject of their call. Each has its own storage key and no item version, so that writing one reads and awaits
 * nothing first: even the last key typed before a view closes is saved. The background keeps a copy that outlives the browser
 * (utils/background/note-outbox.ts).
 */
export const noteDrafts = {
  keep: (subject: string, draft: NoteDraft): Promise<void> => storage.setItem(keyOf(subject), draft),
  async read(): Promise<Record<string, NoteDraft>> {
    const drafts = Object.entries(await storage.snapshot('session')).filter(([key]) => key.startsWith(prefix));
    return Object.fromEntries(drafts.map(([key, draft]) => [key.slice(prefix.length), draft as NoteDraft]));
  },
  /** Deletes a draft unless it was edited after `editedAt`. */
  async drop(subject: string, editedAt: number): Promise<void> {
    const kept = await storage.getItem<NoteDraft>(keyOf(subject));
    if (kept && kept.editedAt <= editedAt) await storage.removeItem(keyOf(subject));
  },
  /**
   * Tells each draft that was kept, null where one was dropped, and the draft that stood there before, whichever document did it;
   * returns the undo.
   */
  watch(changed: (subject: string, draft: NoteDraft | null, before?: NoteDraft) => void): () => void {
    const onChanged = (changes: Record<string, { newValue?: unknown; oldValue?: unknown }>) => {
      for (const [key, { newValue = null, oldValue }] of Object.entries(changes))
        if (key.startsWith(prefix)) changed(key.slice(prefix.length), newValue as NoteDraft | null, oldValue as NoteDraft);
    };
    browser.storage.session.onChanged.addListener(onChanged);
    return () => browser.storage.session.onChanged.removeListener(onChanged);
  },
};
export type NoteDrafts = typeof noteDrafts;

/** Forgets all, or all but those of one agent. */
export async function clearNoteDrafts(but?: string): Promise<void> {
  const others = Object.entries(await noteDrafts.read()).filter(([, { agentId }]) => agentId !== but);
  await storage.removeItems(others.map(([subject]) => keyOf(subject)));
}
