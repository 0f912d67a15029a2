import { alphaOf } from './disguise.ts';
import { paintedParent } from './sight.ts';

/** Whether the page is dark behind an element, told from the nearest background that is not see-through. */
export function isDarkBehind(element: Element): boolean {
  const window = element.ownerDocument.defaultView as Window;
  for (let at: Element | null = element; at; at = paintedParent(at)) {
    const { backgroundColor } = window.getComputedStyle(at);
    if (alphaOf(backgroundColor) >= 0.5) return luminance(backgroundColor) < 0.35;
  }
  const { colorScheme } = window.getComputedStyle(element.ownerDocument.documentElement);
  return (
    colorScheme.includes('dark') && (!colorScheme.includes('light') || window.matchMedia('(prefers-color-scheme: dark)').matches)
  );
}

/** Relative luminance by the weights of WCAG 2, without its gamma: good enough to part light from dark. */
function luminance(color: string): number {
  const [red = 255, green = 255, blue = 255] = (color.match(/[\d.]+/g) ?? []).map(Number);
  // `color(srgb …)` counts to 1.
  const full = color.startsWith('color(') ? 1 : 255;
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / full;
}
