import type { Note, NoteChange, Outcome } from '../../relay/contract.ts';
import { createTurns } from '../create-turns.ts';
import { isLasting, type NoteDraft, type NoteDrafts, noteDrafts } from '../note-drafts.ts';
import { fail, type Reply, succeed } from '../reply.ts';

interface OutcomeNotesDeps {
  drafts?: Pick<NoteDrafts, 'read' | 'keep' | 'drop'>;
  get(subject: string): Promise<Reply<Note>>;
  save(subject: string, change: NoteChange, version: number): Promise<Reply<Note>>;
  onSaved(subject: string, note: Note): Promise<void>;
  /** The agent whose notes this connection saves; null if nobody is known to be connected. */
  agentId(): Promise<string | null>;
  now?: () => number;
}

/** What came of a call, null for nothing; `number` and `at` are for showing the note while it waits. */
export interface OutcomeChoice {
  subject: string;
  number: string;
  at: number;
  outcome: Outcome | null;
}

type Base = Pick<NoteDraft, 'text' | 'version' | 'known'>;

/**
 * Notes the outcome of a call without touching the text of its note: that is the relay's newest, or what a view has typed and not
 * saved. Kept as a draft meanwhile, so that the views show it, and what the relay does not answer to is saved by the outbox.
 */
export function createOutcomeNotes({ drafts = noteDrafts, get, save, onSaved, agentId, now = Date.now }: OutcomeNotesDeps) {
  const inTurn = createTurns();

  /** `newest`: what another window had saved when it got in between. */
  async function note(choice: OutcomeChoice, newest?: Base): Promise<Reply<{ isSaved: boolean }>> {
    const { subject, number, at, outcome } = choice;
    const owner = await agentId();
    if (owner === null) return fail('not_connected');
    const before = (await drafts.read())[subject];
    const typed = before?.agentId === owner ? before : undefined;
    const base = newest ? succeed(newest) : typed ? succeed<Base>(typed) : baseOf(await get(subject));
    if (!base.ok) return base;
    const { version, known } = base.value;
    const { text } = typed ?? base.value;
    const editedAt = Math.max(now(), (typed?.editedAt ?? 0) + 1);
    const call = typed?.call ?? { peer: { number, name: null }, startedAt: at };
    await drafts.keep(subject, { text, outcome, version, known, call, agentId: owner, editedAt, chosen: true });
    const reply = await save(subject, { text: text.trim(), outcome }, version);
    if (reply.ok) await onSaved(subject, reply.value);
    else if (reply.error.code !== 'version_conflict' && !isLasting(reply.error)) return succeed({ isSaved: false });
    else if (typed) await restore(subject, typed, editedAt);
    if (reply.ok || !typed) await drafts.drop(subject, editedAt);
    if (reply.ok) return succeed({ isSaved: true });
    if (reply.error.code !== 'version_conflict' || newest) return reply;
    // Another window saved the note in the meantime: its text is kept, unless something else is typed.
    const current = baseOf(await get(subject));
    return current.ok && (!typed || current.value.text === text.trim()) ? note(choice, current.value) : reply;
  }
  /** Puts the draft of a view back, unless more has been typed since. */
  async function restore(subject: string, typed: NoteDraft, editedAt: number): Promise<void> {
    if ((await drafts.read())[subject]?.editedAt === editedAt) await drafts.keep(subject, typed);
  }

  return (choice: OutcomeChoice) => inTurn(() => note(choice));
}

function baseOf(reply: Reply<Note>): Reply<Base> {
  if (!reply.ok) return reply;
  const { text, outcome, version } = reply.value;
  return succeed({ text, version, known: { text, outcome } });
}
