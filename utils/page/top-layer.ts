import { type Box, overlaps } from './geometry.ts';

const inTopLayer = ':popover-open, :modal, :fullscreen';

/** Whether an element is shown in the top layer, where later comers lie over earlier ones. */
export function isInTopLayer(element: Element): boolean {
  return element.closest(inTopLayer) !== null;
}

/** Whether something else in the top layer overlaps a box of ours; which of them lies above cannot be told. */
export function isOnTopLayerAbove(document: Document, host: Element, box: Box): boolean {
  for (const element of document.querySelectorAll(inTopLayer)) {
    if (element !== host && overlaps(element.getBoundingClientRect(), box)) return true;
  }
  return false;
}
