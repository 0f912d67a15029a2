import { alphaOf, luminanceOf } from './color.ts';
import { paintedParent } from './sight.ts';

/** Whether the page is dark behind an element, told from the nearest background that is not see-through. */
export function isDarkBehind(element: Element): boolean {
  const window = element.ownerDocument.defaultView as Window;
  for (let at: Element | null = element; at; at = paintedParent(at)) {
    const { backgroundColor } = window.getComputedStyle(at);
    if (alphaOf(backgroundColor) >= 0.5) return luminanceOf(backgroundColor) < 0.35;
  }
  const { colorScheme } = window.getComputedStyle(element.ownerDocument.documentElement);
  return (
    colorScheme.includes('dark') && (!colorScheme.includes('light') || window.matchMedia('(prefers-color-scheme: dark)').matches)
  );
}
