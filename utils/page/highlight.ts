import type { Mark } from './mark.ts';

/** Name of the custom highlight, styled by the stylesheet that is registered with the script. */
const NAME = 'dialside-number';

export interface Highlighter {
  set(mark: Mark, shown: boolean): void;
  stop(): void;
}

/** Underlines the visible numbers without changing the DOM; static ranges, which do not slow down the page's edits. */
export function createHighlighter(window: Window & typeof globalThis): Highlighter {
  const registry = window.CSS?.highlights;
  // Where the system forces colours, a highlight looks like selected text, whatever its style says.
  if (!registry || !window.Highlight || window.matchMedia('(forced-colors:active)').matches) return { set() {}, stop() {} };
  const highlight = new window.Highlight();
  const ranges = new Map<Mark, StaticRange>();
  return {
    set(mark, shown) {
      const range = ranges.get(mark);
      if (shown === (range !== undefined) || !mark.stretch) return;
      if (range) {
        highlight.delete(range);
        ranges.delete(mark);
        return;
      }
      const added = new window.StaticRange(mark.stretch);
      ranges.set(mark, added);
      highlight.add(added);
      // Replaces a highlight left by the script from before an update, which would not show our ranges.
      if (registry.get(NAME) !== highlight) registry.set(NAME, highlight);
    },
    stop() {
      if (registry.get(NAME) === highlight) registry.delete(NAME);
      highlight.clear();
      ranges.clear();
    },
  };
}
