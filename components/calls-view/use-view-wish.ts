import { useEffect } from 'preact/hooks';
import { type ViewWish, viewWishItem } from '../../utils/storage.ts';
import type { CallList } from '../call-list/call-list-store.ts';
import type { Dialler } from '../call-list/dialler.ts';

const freshMs = 10_000;

/** Shows what a notification, the menu of a selected text or the toolbar button led here for. */
export function useViewWish(list: CallList, dialler: Dialler, onTyped: (text: string) => void): void {
  useEffect(() => {
    // Left where it is: the popup comes up beside a side panel, and either may be the one that is looked at.
    const take = (wish: (ViewWish & { at: number }) | null) => {
      if (!wish || Math.abs(Date.now() - wish.at) > freshMs) return;
      if (wish.show === 'toCallBack') void list.want({ filter: 'todo' });
      else if (wish.show === 'placed') dialler.show(wish.call);
      else onTyped(wish.text);
    };
    void viewWishItem.getValue().then(take);
    return viewWishItem.watch(take);
  }, [list, dialler, onTyped]);
}
