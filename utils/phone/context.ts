import { readExtension } from './extensions.ts';
import { type Label, labelAfter, labelBefore } from './labels.ts';
import { type Surroundings, surroundings } from './surroundings.ts';

export interface Context extends Surroundings {
  label: Label | undefined;
  extension: { digits: string; length: number } | undefined;
}

const reach = { before: 96, after: 48 };
const nothing: Context = { label: undefined, extension: undefined };
const known = new Map<string, Context>();

/**
 * What the text around `start`–`end` says about the digits there. The cells of a table column mostly have the same few characters
 * around their numbers, so results for short surroundings are cached.
 */
export function contextOf(text: string, start: number, end: number): Context {
  if (start === 0 && end === text.length) return nothing;
  const before = text.slice(Math.max(0, start - reach.before), start);
  const after = text.slice(end, end + reach.after);
  if (before.length + after.length > 40) return read(before, after, text[start]);
  const key = `${before}\n\n${text[start]}${after}`;
  let context = known.get(key);
  if (!context) {
    context = read(before, after, text[start]);
    if (known.size > 1000) known.clear();
    known.set(key, context);
  }
  return context;
}

function read(before: string, after: string, first: string | undefined): Context {
  const extension = readExtension(after);
  const around = surroundings(
    before.replaceAll('\u200b', ''),
    after.slice(extension?.length ?? 0).replaceAll('\u200b', ''),
    first ?? '',
  );
  return { ...around, extension, label: labelAfter(after) ?? labelBefore(before) };
}
