import type { Call } from '../../relay/contract.ts';
import { formatNational } from '../../utils/phone/format-number.ts';
import type { LiveState } from '../../utils/storage.ts';
import { useNow } from '../view/use-now.ts';
import { useView } from '../view/view.ts';
import { placedWords } from './placed-words.ts';

/** So long the person who pressed may wait to hear what came of it. */
const newsMs = 120_000;

export interface PlacedNowProps {
  /** The newest call that was placed from this view. */
  call: Call;
  live: LiveState | null;
  region: string;
  /** Milliseconds from this computer's clock to the relay's, which the call's times are on. */
  offset: number;
}

/** What came of the call that was placed last, for somebody who has scrolled its row out of sight; leads there. */
export default function PlacedNow({ call, live, region, offset }: PlacedNowProps) {
  const view = useView();
  const now = useNow(5_000) + offset;
  if (now - call.createdAt > newsMs) return null;
  const { text, tone } = placedWords(call, live, view, now);
  return (
    <button type="button" class={`placed-now placed-${tone}`} onClick={showPlaced} data-testid="placed-now">
      <strong>{formatNational(call.number, region)}</strong> <span class="placed-words">{text}</span>
    </button>
  );
}

function showPlaced(): void {
  window.scrollTo(0, 0);
  document.querySelector<HTMLElement>('.placed .icon-button')?.focus({ preventScroll: true });
}
