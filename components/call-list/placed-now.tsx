import type { Call } from '../../relay/contract.ts';
import { formatNational } from '../../utils/phone/format-number.ts';
import type { LiveState } from '../../utils/storage.ts';
import { useNow } from '../view/use-now.ts';
import { useView } from '../view/view.ts';
import { placedWords } from './placed-words.ts';

/** For this long the person who placed the call may be waiting for its outcome. */
const newsMs = 120_000;

export interface PlacedNowProps {
  /** The newest call that was placed from this view. */
  call: Call;
  live: LiveState | null;
  region: string;
  /** Milliseconds to add to this computer's clock to get the relay's, which the call's times are on. */
  offset: number;
}

/** The outcome of the last placed call while its row is scrolled out of view; leads to the row. */
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
