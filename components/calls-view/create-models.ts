import type { Me } from '../../relay/contract.ts';
import { noteDrafts } from '../../utils/note-drafts.ts';
import { listChoiceItem } from '../../utils/storage.ts';
import { createCallList } from '../call-list/call-list-store.ts';
import { createDialler, type PlaceCall } from '../call-list/dialler.ts';
import { isEverything } from '../call-list/list-query.ts';
import { createSessionStore, type SessionState } from '../connection/session-store.ts';
import { createNotes } from '../notes/notes-store.ts';
import { createSiteSwitch } from '../sites/site-switch-store.ts';
import type { Remembered } from '../view/read-remembered.ts';
import type { View } from '../view/view.ts';

export type Models = ReturnType<typeof createModels>;

/**
 * What the popup and the side panel show, beginning with what is remembered.
 * @param refuse told why a press did nothing, null once one did something
 * @param now on the relay's clock, which determines the days of the calls
 */
export function createModels(
  view: View,
  placeCall: PlaceCall,
  remembered: Remembered | null,
  refuse: (why: string | null) => void,
  now: () => number,
) {
  const list = createCallList(view.send, now);
  const session = createSessionStore(view.send, remembered?.session);
  const notes = createNotes({
    send: view.send,
    drafts: noteDrafts,
    agentId: () => agentOf(session.store.getState()),
    onSaved(subject, note) {
      list.setNote(subject, note);
      // The history may list the call by now, and only the relay can map this key to it.
      if (subject.includes('-')) void list.refresh();
    },
  });
  list.store.subscribe(({ filter, range, outcome }, before) => {
    if (filter === before.filter && range === before.range && outcome === before.outcome) return;
    const choice = { filter, range, outcome };
    // Everything is what a view lists anyway: kept, it would be restored and written again at each opening.
    void listChoiceItem.setValue(isEverything({ ...choice, text: '' }) ? null : { choice, at: Date.now() });
  });
  if (remembered) list.show(remembered.page, remembered.choice);
  return {
    list,
    session,
    notes,
    site: createSiteSwitch(view),
    dialler: createDialler(
      placeCall,
      () => void list.refresh(),
      (isFolded) => refuse(isFolded ? view.t('failure_called_recently') : null),
    ),
  };
}

/** Who is connected; null while nobody is, or it is not known yet. */
export const meOf = ({ session }: SessionState): Me | null => (session?.connected ? session.me : null);
export const agentOf = (state: SessionState): string | null => meOf(state)?.agent.id ?? null;
