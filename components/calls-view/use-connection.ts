import { useEffect, useMemo, useState } from 'preact/hooks';
import { sessionItem } from '../../utils/storage.ts';
import { useShown } from '../view/use-shown.ts';
import { useStore } from '../view/use-store.ts';
import { useView } from '../view/view.ts';
import { agentOf, type Models } from './create-models.ts';

/** Shows new calls in a view that stays open, at no shorter interval than the relay's sweeps of AntBuddy. */
const refreshMs = 30_000;

/**
 * Keeps session, site and calls up to date while the view is shown. When the agent disconnects, even if another one connects at
 * once, their calls and notes are cleared, so that the next agent does not see them.
 */
export function useConnection(models: Models) {
  const { session, site, list, dialler, notes } = models;
  const view = useView();
  const state = useStore(session.store);
  const [connection, setConnection] = useState(0);
  const connected = state.session?.connected;

  const { refresh, refreshList, retry, forget } = useMemo(() => {
    const refresh = () => {
      void site.refresh();
      return session.open();
    };
    const refreshList = () => {
      if (session.store.getState().session?.connected) void list.refresh();
    };
    return {
      refresh,
      refreshList,
      retry() {
        refreshList();
        return refresh();
      },
      forget() {
        list.forget();
        dialler.forget();
        notes.forget();
        setConnection((before) => before + 1);
      },
    };
  }, [models]);
  useEffect(() => {
    void refresh();
    return notes.stop;
  }, [models]);
  useEffect(() => view.watchActiveTab(() => void site.refresh()), [models]);
  useEffect(() => {
    if (connected === false) forget();
    else refreshList();
  }, [models, connected]);
  const agentId = agentOf(state);
  useEffect(() => void notes.resume(), [models, agentId]);
  useEffect(
    () =>
      // Reports a disconnect even when another agent connects at once.
      sessionItem.watch((stored, before) => {
        if (stored === null) forget();
        // Pending notes belong to the currently connected agent, who is known once the session is loaded.
        if ((stored === null) !== (before === null)) void retry().then(notes.resume);
      }),
    [forget, retry],
  );
  useShown(refresh, 2 * refreshMs);
  useShown(refreshList, refreshMs);
  return {
    state,
    /** Undefined until the session is known. */
    connected,
    /** Counts connections: each one starts with a new list, and with nothing that the view keeps itself. */
    connection,
    refreshList,
    retry,
  };
}
