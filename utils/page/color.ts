/** The opacity of a computed colour, from 0 to 1. */
export function alphaOf(color: string): number {
  if (color === 'transparent') return 0;
  const parts = color.match(/[\d.]+%?/g) ?? [];
  const alpha = color.includes('/') || /^(rgba|hsla)/.test(color) ? parts.at(-1) : undefined;
  return alpha === undefined ? 1 : alpha.endsWith('%') ? Number.parseFloat(alpha) / 100 : Number(alpha);
}

/** Relative luminance by the weights of WCAG 2, without its gamma: good enough to tell light from dark. */
export function luminanceOf(color: string): number {
  const [red = 255, green = 255, blue = 255] = (color.match(/[\d.]+/g) ?? []).map(Number);
  // `color(srgb …)` has components up to 1; `lab`, `lch`, `oklab` and `oklch` give the lightness first.
  if (/^(ok)?l(ab|ch)/.test(color)) return color.startsWith('ok') ? red : red / 100;
  const full = color.startsWith('color(') ? 1 : 255;
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / full;
}
