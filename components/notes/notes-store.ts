import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Note, NoteChange, Outcome } from '../../relay/contract.ts';
import { isLasting, type NoteDraft, type NoteDrafts, type NotedCall } from '../../utils/note-drafts.ts';
import type { Failure } from '../../utils/reply.ts';
import type { Send } from '../view/view.ts';
import { contentOf, isSame, isTyped, knownOf, type NoteState, relayNote } from './note-state.ts';

interface NotesState {
  notes: Record<string, NoteState>;
}

export interface Notes {
  store: StoreApi<NotesState>;
  /** Takes the relay's note as it is now; what is typed and not saved stays. */
  open(subject: string, note: Note | null, call: NotedCall): void;
  /** Kept at once in the browser, saved with the relay when the typing pauses. */
  edit(subject: string, change: Partial<NoteChange>): void;
  /** Saves an outcome at once, along with what else is typed. */
  choose(subject: string, note: Note | null, call: NotedCall, outcome: Outcome | null): void;
  /** Saves the edits, unless the agent has to resolve a conflict first. */
  save(subject: string): Promise<void>;
  /** Resolves a conflict: saves my version on top of theirs. */
  keepMine(subject: string): Promise<void>;
  /** Replaces what is typed by their version in a conflict, and otherwise by the relay's. */
  discard(subject: string): void;
  /** Takes up what an earlier view could not save, or this one before the agent was known, and saves it. */
  resume(): Promise<void>;
  /** Saves what could not be saved, now that the relay answers again. */
  retry(): void;
  /** Clears one agent's notes after a disconnect, so that the next agent does not see them. */
  forget(): void;
  stop(): void;
}

interface NotesDeps {
  send: Send;
  drafts: Pick<NoteDrafts, 'keep' | 'read' | 'drop' | 'watch'>;
  /** The owner of these notes: a draft of one agent is never saved as another's. */
  agentId: () => string | null;
  onSaved(subject: string, note: Note | null): void;
  now?: () => number;
  /** Delay between the last key and saving. */
  pauseMs?: number;
}

/** Notes being written: saved automatically, never lost, and never overwriting somebody's newer text unseen. */
export function createNotes({ send, drafts, agentId, onSaved, now = Date.now, pauseMs = 1000 }: NotesDeps): Notes {
  const store = createStore<NotesState>(() => ({ notes: {} }));
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Notes with a pending save: `phase` already reflects edits made since. */
  const inFlight = new Set<string>();
  /** Content that may have reached the relay without a confirmation. */
  const sent = new Map<string, NoteChange>();
  /** `editedAt` of the drafts taken over from other views. */
  const taken = new Map<string, number>();
  // The answer to one agent's request must not affect the next agent's notes.
  let owner = {};
  const get = (subject: string) => store.getState().notes[subject];
  const set = (subject: string, change: Partial<NoteState>) =>
    store.setState(({ notes }) => {
      const before = notes[subject];
      return before ? { notes: { ...notes, [subject]: { ...before, ...change } } } : {};
    });

  const isTypedOn = (subject: string, editedAt: number) => (get(subject)?.editedAt ?? 0) > editedAt;
  const tell = (subject: string, note: Note) => onSaved(subject, note.version === 0 ? null : note);

  function open(subject: string, note: Note | null, call: NotedCall) {
    const state = get(subject);
    if (state && (inFlight.has(subject) || isTyped(state))) return;
    if (state && (note ? note.version <= state.version : state.version === 0)) return;
    // The answer was under way while this note was saved, so it is older.
    if (state?.phase === 'saved' && (note?.updatedAt ?? 0) <= state.savedAt) return;
    put(subject, call, note, 0);
  }

  function put(subject: string, call: NotedCall, note: Note | null, editedAt: number, change = contentOf(note)) {
    const fresh: NoteState = {
      call,
      change,
      ...knownOf(note),
      editedAt,
      phase: 'clean',
      failure: null,
      theirs: null,
    };
    store.setState(({ notes }) => ({ notes: { ...notes, [subject]: fresh } }));
  }

  function edit(subject: string, change: Partial<NoteChange>) {
    const state = get(subject);
    if (!state) return;
    const editedAt = Math.max(now(), state.editedAt + 1);
    const next = { ...state.change, ...change };
    set(subject, { change: next, editedAt, ...(state.phase !== 'conflict' && { phase: 'waiting', failure: null }) });
    keep(subject);
    if (state.phase !== 'conflict') saveSoon(subject);
  }

  function keep(subject: string, failure: Failure | null = null) {
    const state = get(subject);
    if (!state) return;
    const { call, change, version, known, editedAt } = state;
    void drafts.keep(subject, { ...change, agentId: agentId() ?? '', call, version, known, editedAt, failure });
  }

  function saveSoon(subject: string) {
    clearTimeout(timers.get(subject));
    timers.set(
      subject,
      setTimeout(() => void save(subject), pauseMs),
    );
  }

  async function save(subject: string): Promise<void> {
    const state = get(subject);
    if (!state || inFlight.has(subject) || state.phase === 'conflict' || agentId() === null) return;
    clearTimeout(timers.get(subject));
    if (!isTyped(state)) return settle(subject, state.editedAt, { phase: state.phase === 'clean' ? 'clean' : 'saved' });
    const { change, editedAt, version } = state;
    const asked = owner;
    inFlight.add(subject);
    set(subject, { phase: 'saving', failure: null });
    const earlier = sent.get(subject);
    const content = { ...change, text: change.text.trim() };
    sent.set(subject, content);
    const reply = await send('saveNote', { subject, change: content, version });
    const isConflict = !reply.ok && reply.error.code === 'version_conflict';
    const current = isConflict && asked === owner ? await send('getNote', subject) : reply;
    if (asked !== owner) return;
    inFlight.delete(subject);
    if (!current.ok) {
      // Newer edits have not been refused yet.
      if (isTypedOn(subject, editedAt)) saveSoon(subject);
      else {
        set(subject, { phase: 'failed', failure: current.error });
        if (isLasting(current.error)) keep(subject, current.error);
      }
    } else if (reply.ok || isSame(current.value, change)) {
      tell(subject, current.value);
      await settle(subject, editedAt, { phase: 'saved', ...knownOf(current.value), failure: null });
    } else if ([earlier, sent.get(subject)].some((own) => own && isSame(current.value, own))) {
      // The relay has our own earlier text, which the background saved or whose confirmation was lost.
      set(subject, { phase: 'waiting', ...knownOf(current.value) });
      await save(subject);
    } else {
      clearTimeout(timers.get(subject));
      set(subject, { phase: 'conflict', failure: reply.error, theirs: current.value });
    }
  }

  /** Takes up a draft that is not from here, to show it. */
  function take(subject: string, { call, known, text, outcome, version, editedAt, failure = null }: NoteDraft) {
    const change = { text, outcome };
    put(subject, call, { ...known, version, updatedAt: 0 }, editedAt, change);
    set(subject, { phase: failure ? 'failed' : 'waiting', failure });
    sent.set(subject, change);
    taken.set(subject, editedAt);
  }

  /** Takes over an outcome chosen on a page, which the background saves with the text typed here so far. */
  function adopt(subject: string, { change, editedAt }: NoteState, draft: NoteDraft) {
    const { text, outcome } = draft;
    sent.set(subject, { text: text.trim(), outcome });
    const isTypedOn = change.text !== text;
    set(subject, { change: { ...change, outcome }, editedAt: Math.max(draft.editedAt, editedAt + Number(isTypedOn)) });
    if (isTypedOn) keep(subject);
  }

  async function follow(subject: string, draft: NoteDraft | null, before?: NoteDraft): Promise<void> {
    const state = get(subject);
    if (draft) {
      // The other view goes on editing a note that was taken over from it.
      const isTheirs = !state || (state.editedAt === taken.get(subject) && !inFlight.has(subject) && !state.theirs);
      if (draft.agentId !== agentId()) return;
      if (isTheirs) take(subject, draft);
      else if (draft.chosen && isTyped(state)) adopt(subject, state, draft);
      return;
    }
    // The draft was dropped: the background saved it, or another view saved or reverted its edits.
    if (!state || inFlight.has(subject)) return;
    // What was saved here may have been rewritten or removed there; its own draft says nothing of that.
    if (state.phase === 'saved' ? before?.editedAt === state.editedAt : !isTyped(state)) return;
    const asked = owner;
    const current = await send('getNote', subject);
    const after = get(subject);
    if (asked !== owner || !after || inFlight.has(subject)) return;
    const isNew = current.ok ? current.value.version !== after.version : !isLasting(current.error);
    // The relay never takes these very words and has nothing newer: the agent discarded them in another view.
    if (!isNew && isLasting(after.failure) && before?.editedAt === after.editedAt) return discard(subject);
    if (!current.ok) return;
    const known = contentOf(current.value);
    const isAsTyped = isSame(known, after.change);
    if (!isAsTyped && after.editedAt !== (isTyped(after) ? taken.get(subject) : state.editedAt)) return;
    tell(subject, current.value);
    set(subject, {
      phase: 'saved',
      change: isAsTyped ? after.change : known,
      ...knownOf(current.value),
      theirs: null,
      failure: null,
    });
  }
  const unwatch = drafts.watch(follow);

  function discard(subject: string) {
    const state = get(subject);
    if (!state) return;
    const note = state.theirs ?? relayNote(state);
    tell(subject, note);
    put(subject, state.call, note, now());
    void drafts.drop(subject, state.editedAt);
  }

  /** Edits made while the answer was pending are saved next. */
  async function settle(subject: string, editedAt: number, change: Partial<NoteState>): Promise<void> {
    const typedOn = isTypedOn(subject, editedAt);
    set(subject, typedOn ? { ...change, phase: 'waiting' } : change);
    if (typedOn) return save(subject);
    await drafts.drop(subject, editedAt);
  }

  return {
    store,
    open,
    edit,
    save,
    choose(subject, note, call, outcome) {
      open(subject, note, call);
      edit(subject, { outcome });
      void save(subject);
    },
    keepMine(subject) {
      const theirs = get(subject)?.theirs;
      if (theirs) {
        set(subject, { phase: 'waiting', ...knownOf(theirs), theirs: null, failure: null });
        // Stores the resolution, so that a later save by another view or the background also builds on their version.
        keep(subject);
      }
      return save(subject);
    },
    discard,
    async resume() {
      const owner = agentId();
      if (owner === null) return;
      for (const [subject, draft] of Object.entries(await drafts.read())) {
        // A draft from before the agent was known belongs to the first agent to connect: a change of agent deletes all drafts.
        const isUnowned = draft.agentId === '';
        if (!isUnowned && draft.agentId !== owner) continue;
        const state = get(subject);
        if (!state || !isTyped(state)) take(subject, draft);
        else if (!isUnowned) continue;
        if (isUnowned) keep(subject);
        // A draft that the relay never accepts waits for the agent.
        if (!draft.failure) await save(subject);
      }
    },
    retry() {
      for (const [subject, { failure }] of Object.entries(store.getState().notes))
        if (failure && !isLasting(failure)) void save(subject);
    },
    forget() {
      owner = {};
      for (const timer of timers.values()) clearTimeout(timer);
      for (const known of [timers, inFlight, sent, taken]) known.clear();
      store.setState({ notes: {} });
    },
    stop() {
      unwatch();
      for (const [subject, timer] of timers) {
        clearTimeout(timer);
        if (get(subject)?.phase === 'waiting') void save(subject);
      }
    },
  };
}
