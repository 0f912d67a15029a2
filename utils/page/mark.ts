import type { FoundNumber } from '../phone/found-number.ts';

/** A stretch of the page's text: the boundary points of a Range, but not live, so that the page's edits do not get slower. */
export interface Stretch {
  startContainer: Text;
  startOffset: number;
  endContainer: Text;
  endOffset: number;
}

/** A phone number at its place on the page. */
export interface Mark {
  number: FoundNumber['number'];
  extension: string | undefined;
  /** As written on the page. */
  text: string;
  /** The text of the number; undefined for fields, and for links without a number in their text. */
  readonly stretch: Stretch | undefined;
  /** The element that shows it. */
  anchor: Element;
}

export function isSameMark(one: Mark, other: Mark): boolean {
  return (
    one.number === other.number &&
    one.text === other.text &&
    one.extension === other.extension &&
    beginsAlike(one, other) &&
    one.stretch?.endContainer === other.stretch?.endContainer &&
    one.stretch?.endOffset === other.stretch?.endOffset
  );
}

/** Whether two marks begin at the same place, even if the text there has changed. */
export function beginsAlike(one: Mark, other: Mark): boolean {
  return (
    one.anchor === other.anchor &&
    one.stretch?.startContainer === other.stretch?.startContainer &&
    one.stretch?.startOffset === other.stretch?.startOffset
  );
}

/** The number as people would write it; for a call link that shows no number, the number in its address. */
export function writtenAs({ text }: Mark): string {
  return text.replace(/^(?:tel|callto):\/*([^;?]*).*/i, '$1');
}

/** The value of a field or the decoded address of a link, for marks that are no text of the page. */
export function sourceOf(element: Element): string {
  return element.localName === 'input' ? (element as HTMLInputElement).value : decoded(element.getAttribute('href') ?? '');
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    // A stray percent sign: the raw address may still be readable.
    return href;
  }
}
