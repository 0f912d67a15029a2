import { numberOfLink } from '../phone/call-link.ts';
import type { Outside } from '../phone/finder.ts';
import type { FoundNumber } from '../phone/found-number.ts';
import { isReadable, type SayCache } from './editable.ts';
import { asLabel, labelOfInput } from './field-label.ts';
import { type Mark, sourceOf } from './mark.ts';
import { callOn } from './property-of.ts';
import { hasDigit, letterFirst, partRun, stretchesOf, type TextRun } from './text-run.ts';

/** The numbers in a text. */
export type Find = (text: string, outside?: Outside) => FoundNumber[];

const fieldTypes = /^(?:text|tel|search|number)$/;
const LONGEST_LINE = 30;
export const callLink = '[href^="tel:" i],[href^="callto:" i]';

/** The marks of numbers in a text node that is the only child of its block. */
export function marksOf(numbers: readonly FoundNumber[], text: string, node: Text, block: Element): Mark[] {
  return numbers.map(({ number, extension, start, end }) => ({
    number,
    extension,
    text: text.slice(start, end),
    stretch: { startContainer: node, startOffset: start, endContainer: node, endOffset: end },
    anchor: block,
  }));
}

/** What a block says about its lines: of a number that is not alone in its line, less. */
type OutsideLine = Outside & { label: (isAlone: boolean) => string | undefined };

export function marksInRun(run: TextRun, find: Find, outside: OutsideLine, says: SayCache): Mark[] {
  if (!run.nodes.some((node) => hasDigit(node.data))) return [];
  let before: string | undefined;
  const parts = partRun(run);
  return parts.flatMap((nodes) => {
    const text = textOf(nodes);
    const beside = before;
    before = asLabel(text);
    return marksInNodes(text, nodes, find, { ...outside, label: () => beside || outside.label(parts.length < 2) }, says);
  });
}

function textOf(nodes: readonly Text[]): string {
  return nodes.map((node) => node.data).join('');
}

export function isOfWords({ nodes }: TextRun): boolean {
  return letterFirst.test(textOf(nodes).trim());
}

/**
 * The nearest line of words above the values at the end of the lines, if it is short enough for a label.
 * @param above the same for the lines before this one
 */
export function labelWith({ nodes }: TextRun, above: string | undefined): string | undefined {
  const text = textOf(nodes).trim();
  const isValue = hasDigit(text);
  if (!text || (isValue && !letterFirst.test(text))) return above;
  return isValue || text.length > LONGEST_LINE ? undefined : text;
}

function marksInNodes(text: string, nodes: readonly Text[], find: Find, outside: Outside, says: SayCache): Mark[] {
  const stretchOf = stretchesOf(nodes);
  const link = (start: number, end: number) => addressAround(stretchOf(start, end)?.endContainer.parentElement);
  return find(text, { ...outside, link }).flatMap(({ number, extension, start, end }) => {
    const stretch = stretchOf(start, end);
    const anchor = stretch && (stretch.endContainer.parentElement ?? (stretch.endContainer.getRootNode() as ShadowRoot).host);
    return anchor && isReadable(anchor, says) ? { number, extension, text: text.slice(start, end), stretch, anchor } : [];
  });
}

/** The mark of a call link whose text shows no number, or of a field that cannot be typed in. */
export function markOfElement(element: Element, find: Find, says: SayCache, country: () => string | undefined): Mark | undefined {
  const isField = element.localName === 'input';
  if (isField && !isReadField(element as HTMLInputElement)) return undefined;
  const text = sourceOf(element);
  let found: FoundNumber | undefined;
  if (isField) [found] = find(text, { label: () => labelOfInput(element as HTMLInputElement) });
  else if (callOn(element, 'matches', callLink) && find(element.textContent ?? '', { country, link: () => text }).length === 0)
    found = numberOfLink(text, find, country);
  if (!found || !isReadable(element, says)) return undefined;
  return { number: found.number, extension: found.extension, text, stretch: undefined, anchor: element };
}

/** The address of the call link that an element is in. */
export function addressAround(element: Element | null | undefined): string | undefined {
  const link = element && callOn(element, 'closest', callLink);
  return link ? sourceOf(link) : undefined;
}

/** Whether a field only displays its value: the phone field of a form in reading mode. */
export function isReadField(field: HTMLInputElement): boolean {
  return (field.readOnly || field.disabled) && fieldTypes.test(field.type);
}
