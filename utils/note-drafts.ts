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
  /** Why the relay never takes it as it is; absent: nothing is known. */
  failure?: Failure | null;
}

/** Characters that the relay takes; two notes that became one may be longer. */
export const mostNoteLength = 4000;

const lasting = ['bad_request', 'message_refused', 'not_found', 'call_not_found', 'too_large'];

/** Whether a note that was not saved is answered the same however often it is sent: to be looked at by the agent. */
export function isLasting({ code }: Failure): boolean {
  return lasting.includes(code);
}

const prefix = 'noteDraft:';
const keyOf = (subject: string) => `session:${prefix}${subject}` as const;

/**
 * Drafts by their call's subject, each stored by itself and without the version of an item: nothing is read or waited for
 * before one is written, so that even what a view's last key typed is on its way when the view closes with it. The background
 * keeps a copy that outlives the browser (utils/background/note-outbox.ts).
 */
export const noteDrafts = {
  keep: (subject: string, draft: NoteDraft): Promise<void> => storage.setItem(keyOf(subject), draft),
  async read(): Promise<Record<string, NoteDraft>> {
    const drafts = Object.entries(await storage.snapshot('session')).filter(([key]) => key.startsWith(prefix));
    return Object.fromEntries(drafts.map(([key, draft]) => [key.slice(prefix.length), draft as NoteDraft]));
  },
  /** Forgets a draft unless it was typed on after `editedAt`. */
  async drop(subject: string, editedAt: number): Promise<void> {
    const kept = await storage.getItem<NoteDraft>(keyOf(subject));
    if (kept && kept.editedAt <= editedAt) await storage.removeItem(keyOf(subject));
  },
  /** Tells each draft that was kept, null where one was dropped, whichever document did it; returns the undo. */
  watch(changed: (subject: string, draft: NoteDraft | null) => void): () => void {
    const onChanged = (changes: Record<string, { newValue?: unknown }>) => {
      for (const [key, { newValue }] of Object.entries(changes))
        if (key.startsWith(prefix)) changed(key.slice(prefix.length), (newValue as NoteDraft | undefined) ?? null);
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
