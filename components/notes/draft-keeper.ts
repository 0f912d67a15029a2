import { type NoteDraft, noteDraftsItem } from '../../utils/storage.ts';

type Drafts = Record<string, NoteDraft>;

/** Keeps what was typed until the relay has it: a popup may close at any key. */
export interface DraftKeeper {
  read(): Promise<Drafts>;
  keep(subject: string, draft: NoteDraft): Promise<void>;
  /** Forgets a draft unless it was typed on after `editedAt`. */
  drop(subject: string, editedAt: number): Promise<void>;
}

interface DraftsItem {
  getValue(): Promise<Drafts>;
  setValue(drafts: Drafts): Promise<void>;
}
type Exclusively = (change: () => Promise<void>) => Promise<void>;

/** @param exclusively runs one change after the other, over all views of the browser */
export function createDraftKeeper(item: DraftsItem = noteDraftsItem, exclusively: Exclusively = inTurn()): DraftKeeper {
  return {
    read: () => item.getValue(),
    keep: (subject, draft) =>
      exclusively(async () => {
        await item.setValue({ ...(await item.getValue()), [subject]: draft });
      }),
    drop: (subject, editedAt) =>
      exclusively(async () => {
        const { [subject]: kept, ...others } = await item.getValue();
        if (kept && kept.editedAt <= editedAt) await item.setValue(others);
      }),
  };
}

function inTurn(): Exclusively {
  if (typeof navigator !== 'undefined' && navigator.locks)
    return async (change) => void (await navigator.locks.request('dialside-note-drafts', change));
  let last = Promise.resolve();
  return (change) => {
    last = last.then(change);
    return last;
  };
}
