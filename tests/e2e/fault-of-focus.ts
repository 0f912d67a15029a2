import type { Page } from '@playwright/test';

/** The reason why a person cannot see where the focus is; null when the focus is visible or on no element. */
export function faultOfFocus(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const name = element.outerHTML.slice(0, 120);
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.bottom <= 0 || box.top >= innerHeight) return `out of sight: ${name}`;
    const on = document.elementFromPoint(
      box.left + box.width / 2,
      Math.max(0, Math.min(innerHeight - 1, box.top + box.height / 2)),
    );
    const isCovered = !element.contains(on) && !on?.contains(element) && !(element as HTMLInputElement).labels?.[0]?.contains(on);
    if (isCovered) return `covered by ${on?.outerHTML.slice(0, 60)}: ${name}`;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const isMarked = (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
    return isMarked ? null : `no mark: ${name}`;
  });
}
