import { useEffect } from 'preact/hooks';
import { type ViewWish, viewWishItem } from '../../utils/storage.ts';
import type { CallList } from '../call-list/call-list-store.ts';
import type { Dialler } from '../call-list/dialler.ts';
import { everything } from '../call-list/list-query.ts';
import { useView } from '../view/view.ts';

const freshMs = 10_000;

/** Shows what the notification, the menu of a selected text or the toolbar button opened the view for. */
export function useViewWish(
  list: CallList,
  dialler: Dialler,
  onTyped: (text: string) => void,
  offered: { current: number },
): void {
  const { watchHandover } = useView();
  useEffect(() => {
    const take = (wish: (ViewWish & { at: number }) | null) => {
      if (!wish || Math.abs(Date.now() - wish.at) > freshMs) return;
      // Meant for the opening popup. A side panel takes it only when it has the focus; other views stay as they are.
      if (watchHandover && !document.hasFocus()) return;
      // A popup with the focus has taken it, so no later view shows it again. A side panel leaves it to a popup that is opening.
      if (!watchHandover && document.hasFocus()) void viewWishItem.setValue(null);
      if (wish.show === 'toCallBack') void list.want({ ...everything, filter: 'todo' });
      else if (wish.show === 'placed') dialler.show(wish.call);
      else {
        offered.current = performance.now();
        onTyped(wish.text);
      }
    };
    void viewWishItem.getValue().then(take);
    return viewWishItem.watch(take);
  }, [list, dialler, onTyped, offered, watchHandover]);
}
