import { useEffect, useState } from 'preact/hooks';
import { useView } from '../view/view.ts';

/** Whether a side panel can be opened from this view; false until that is known. */
export function useHasPanel(): boolean {
  const { panel } = useView();
  const [has, setHas] = useState(false);
  useEffect(() => void panel?.isPossible.then(setHas), [panel]);
  return has;
}
