import { browser } from 'wxt/browser';
import type { Missed, Note, NoteChange, Outcome } from '../../relay/contract.ts';
import { CLICK_OVER_MS } from '../calls/create-caller.ts';
import { isUnsettled } from '../calls/outcome-of.ts';
import { isLasting, noteDrafts } from '../note-drafts.ts';
import { forgetFacts } from '../number-card/facts-cache.ts';
import type { RelayAccess } from '../relay/relay-access.ts';
import { fail, type Reply } from '../reply.ts';
import { callJournalItem, sessionItem } from '../storage.ts';
import type { Handle } from './create-handle.ts';
import { noteOnFirstPage } from './first-page.ts';
import { createKeptDrafts } from './kept-drafts.ts';
import { createNoteOutbox } from './note-outbox.ts';
import { createOutcomeNotes } from './outcome-notes.ts';
import { withClient } from './with-client.ts';

const alarmName = 'notes';
const notLeft = (error: unknown) => console.error('Dialside could not forget an agent who left.', error);
const notNoted = (error: unknown) => console.error('Dialside could not keep how many wait for a call back.', error);

interface NotesParts {
  noteShown(missed: Missed): Promise<void>;
  /** Called after a note was saved that may change which numbers are to be called back. */
  onOutcome(): void;
  /** Settles once the traces of an agent who left are removed, or cannot be removed now. */
  ready: Promise<unknown>;
}

/** Notes on calls, and numbers to call back. */
export function registerNotes(handle: Handle, access: RelayAccess, { noteShown, onOutcome, ready }: NotesParts): void {
  handle('getMissed', (query) =>
    withClient(access, async (relay) => {
      const reply = await relay.getMissed(query);
      // A filtered answer must not change the badge count. Not awaited: its turn may come after a request to the relay, for which
      // the view need not wait.
      if (reply.ok && Object.keys(query).length === 0) noteShown(reply.value).catch(notNoted);
      return reply;
    }),
  );
  const get = (subject: string) => withClient(access, (relay) => relay.getNote(subject));
  handle('getNote', get);
  const save = (subject: string, change: NoteChange, version: number) =>
    withClient(access, async (relay) => unlessOnItsWay(subject, await relay.putNote(subject, change, version)));
  /** The outcomes saved last, since the background started: most saves change only the text. */
  const outcomes = new Map<string, Outcome | null>();
  const remember = async (subject: string, note: Note) => {
    await Promise.all([noteOnFirstPage(access, subject, note), forgetFacts()]);
    if (outcomes.get(subject) !== note.outcome) onOutcome();
    outcomes.set(subject, note.outcome);
  };
  const agentId = async () =>
    (await access.relayUrl()) === null ? null : ((await sessionItem.getValue())?.me?.agent.id ?? null);
  const outbox = createNoteOutbox({
    kept: createKeptDrafts(),
    save,
    get,
    onSaved: remember,
    agentId,
    schedule: async (delayInMinutes) => {
      if (delayInMinutes === null) await browser.alarms.clear(alarmName);
      else await browser.alarms.create(alarmName, { delayInMinutes });
    },
  });
  handle('saveNote', async ({ subject, change, version }) => {
    const reply = await save(subject, change, version);
    if (reply.ok) await remember(subject, reply.value);
    else if (reply.error.code !== 'version_conflict' && !isLasting(reply.error)) void outbox.wait();
    return reply;
  });
  handle('noteOutcome', createOutcomeNotes({ save, get, onSaved: remember, agentId }));
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === alarmName) void outbox.retry();
  });
  noteDrafts.watch((subject, draft) => void outbox.follow(subject, draft));
  void ready.catch(notLeft).then(outbox.restore);
}

/** Reports a call whose click has not reached the relay yet as in progress, because the relay will know it. */
async function unlessOnItsWay(subject: string, reply: Reply<Note>): Promise<Reply<Note>> {
  if (reply.ok || reply.error.code !== 'call_not_found') return reply;
  const click = (await callJournalItem.getValue()).find(({ key }) => key === subject);
  // If the relay does not know an older click, it never will.
  const isOnItsWay = click && isUnsettled(click.outcome) && Math.abs(Date.now() - click.clickedAt) < CLICK_OVER_MS;
  return isOnItsWay ? fail('call_in_progress') : reply;
}
