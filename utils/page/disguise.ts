import { paintedParent } from './sight.ts';

const MIN_OPACITY = 0.4;
const MIN_FONT_PX = 7;

/**
 * Whether the page shows a number in a way that a person may not read it: the number is then repeated in our own bubble and
 * asked about. Looks at what ancestors do to it; inversions and colour shifts of dark modes are harmless.
 */
export function isDisguised(anchor: Element): boolean {
  const window = anchor.ownerDocument.defaultView as Window;
  const own = window.getComputedStyle(anchor);
  if (Number.parseFloat(own.fontSize) < MIN_FONT_PX || alphaOf(own.color) < MIN_OPACITY) return true;
  let opacity = 1;
  for (let at: Element | null = anchor; at; at = paintedParent(at)) {
    const style = window.getComputedStyle(at);
    opacity *= Number.parseFloat(style.opacity || '1');
    if (opacity < MIN_OPACITY || style.clipPath.includes('(') || (style.maskImage ?? 'none') !== 'none') return true;
    if (/opacity|blur|url|brightness|contrast/.test(style.filter) || isWarped(style.transform)) return true;
  }
  return false;
}

export function alphaOf(color: string): number {
  if (color === 'transparent') return 0;
  const parts = color.match(/[\d.]+%?/g) ?? [];
  const alpha = color.includes('/') || /^(rgba|hsla)/.test(color) ? parts.at(-1) : undefined;
  return alpha === undefined ? 1 : alpha.endsWith('%') ? Number.parseFloat(alpha) / 100 : Number(alpha);
}

/** A transform that makes text too small, or turns it away. */
function isWarped(transform: string): boolean {
  if (!transform || transform === 'none') return false;
  const [a = 1, b = 0, c = 0, d = 1] = (transform.match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number);
  if (transform.startsWith('matrix3d')) return true;
  return Math.abs(a * d - b * c) < 0.36 || a * d - b * c < 0;
}
