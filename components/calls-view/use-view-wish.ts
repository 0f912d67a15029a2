import { useEffect } from 'preact/hooks';
import { viewWishItem } from '../../utils/storage.ts';
import type { CallList } from '../call-list/call-list-store.ts';

/** Shows what a notification or the toolbar button led here for. */
export function useViewWish(list: CallList): void {
  useEffect(() => {
    const take = async (wish: 'toCallBack' | null) => {
      if (wish === null) return;
      await viewWishItem.setValue(null);
      void list.want({ filter: 'todo' });
    };
    void viewWishItem.getValue().then(take);
    return viewWishItem.watch((wish) => void take(wish));
  }, [list]);
}
