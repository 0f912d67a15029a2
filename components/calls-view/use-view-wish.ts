import { useEffect } from 'preact/hooks';
import { type ViewWish, viewWishItem } from '../../utils/storage.ts';
import type { CallList } from '../call-list/call-list-store.ts';
import type { Dialler } from '../call-list/dialler.ts';
import { everything } from '../call-list/list-query.ts';
import { useView } from '../view/view.ts';

const freshMs = 10_000;

/** Shows what a notification, the menu of a selected text or the toolbar button led here for. */
export function useViewWish(list: CallList, dialler: Dialler, onTyped: (text: string) => void): void {
  const { watchHandover } = useView();
  useEffect(() => {
    const take = (wish: (ViewWish & { at: number }) | null) => {
      if (!wish || Math.abs(Date.now() - wish.at) > freshMs) return;
      // The popup comes up for it. A side panel beside it may be what is looked at; others stay as they were left.
      if (watchHandover && !document.hasFocus()) return;
      // Seen there, it is nothing for the view that opens next. The side panel leaves it to the popup that is about to come.
      if (!watchHandover && document.hasFocus()) void viewWishItem.setValue(null);
      if (wish.show === 'toCallBack') void list.want({ ...everything, filter: 'todo' });
      else if (wish.show === 'placed') dialler.show(wish.call);
      else onTyped(wish.text);
    };
    void viewWishItem.getValue().then(take);
    return viewWishItem.watch(take);
  }, [list, dialler, onTyped, watchHandover]);
}
