import { grids, shortText } from './field-label.ts';
import { callOn } from './property-of.ts';

// A row of values; from a row of headers the table itself is the nearest.
const scopes = `:not(thead)>tr:has(>td),[role="row"]:has([role$="cell"]),table,${grids}`;
/** Reading more elements than this anew costs more than a label is worth; few rows have as many, but tables that lay out pages do. */
const MOST_ELEMENTS = 2_000;

/**
 * Gives for a changed element or text the trees whose numbers it may label, or give a country: its row, its table, or what stands
 * around it. Only once for each change of its words, which do not include the digits of clocks and counters.
 */
export function createLabelScopes(): (node: Node) => Element[] {
  const told = new WeakMap<Element, string>();
  return (node) => {
    const element = node.nodeType === 1 ? (node as Element) : node.parentElement;
    const words = element ? shortText(element)?.replace(/\d/g, '') : undefined;
    if (!element || words === undefined || told.get(element) === words) return [];
    told.set(element, words);
    const scope = callOn(element, 'closest', scopes) ?? element.parentElement;
    if (!scope || scope.getElementsByTagName('*').length > MOST_ELEMENTS) return [];
    const row = scope.ariaRowIndex;
    // Pinned columns stand in rows of their own.
    return [scope, ...((row && scope.closest(grids)?.querySelectorAll(`[aria-rowindex="${row}"]`)) || [])];
  };
}
