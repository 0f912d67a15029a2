import { RelayError } from '../http/relay-error.ts';
import { dayMs, type Span } from './mirror-status.ts';
import { type Reading, readingOf } from './sweep-window.ts';

/** Length of the first part given up as a hole; it doubles with each further part until a read succeeds. */
export const shortestMs = 60_000;

/** A part of the histories (epoch milliseconds), read oldest first in windows, and how far it is read. */
export interface Stretch {
  /** Where the next window begins and its greatest length: a day at most, so that progress on a long gap is reported. */
  at: number;
  windowMs: number;
  to: number;
  /** The window being read. */
  reading: Reading | null;
  hasFailed: boolean;
  passOverMs: number;
}

export function stretchOf(from: number, to: number): Stretch {
  return { at: from, windowMs: dayMs, to, reading: null, hasFailed: false, passOverMs: shortestMs };
}

export interface StretchReader {
  /** Whether the window was read to its end. */
  read(reading: Reading): Promise<boolean>;
  /** Throws unless AntBuddy returns the newest calls, which shows that the failure concerns the requested window only. */
  readNewest(): Promise<void>;
  holes(): Promise<readonly Span[]>;
  onRead?(end: number): Promise<void>;
  onHole(hole: Span): Promise<void>;
  mayGoOn?(): boolean;
}

/**
 * Reads a stretch except for its holes; returns whether it reached the end. Throws what the upstream throws and can then be
 * called again. A window that fails again is halved while the newest calls can be read; the last small part becomes a hole.
 */
export async function readStretch(stretch: Stretch, reader: StretchReader): Promise<boolean> {
  let isAlive = false;
  for (;;) {
    stretch.reading ??= nextWindow(stretch, await reader.holes());
    if (!stretch.reading) return true;
    const { from, to } = stretch.reading;
    try {
      if (!(await reader.read(stretch.reading))) return false;
    } catch (error) {
      if (!isOfPage(error)) throw error;
      const isFirst = !stretch.hasFailed;
      stretch.hasFailed = true;
      if (isFirst) throw error;
      if (!isAlive) await reader.readNewest();
      isAlive = true;
      stretch.reading = null;
      stretch.windowMs = Math.ceil((to - from) / 2);
      if (to - from > stretch.passOverMs) continue;
      await reader.onHole({ from, to });
      stretch.passOverMs *= 2;
      stretch.windowMs = stretch.passOverMs;
      // AntBuddy may have failed altogether since: the next call checks the newest calls again before it gives up another part.
      throw error;
    }
    stretch.reading = null;
    stretch.at = to;
    stretch.windowMs = Math.min(dayMs, (to - from) * 2);
    stretch.passOverMs = shortestMs;
    await reader.onRead?.(to);
    if (to < stretch.to && reader.mayGoOn?.() === false) return false;
  }
}

/** Whether the failure may concern the requested page rather than the credentials or the time. */
export function isOfPage(error: unknown): error is RelayError {
  return error instanceof RelayError && ['upstream_failed', 'upstream_malformed', 'upstream_unreachable'].includes(error.code);
}

function nextWindow({ at, windowMs, to }: Stretch, holes: readonly Span[]): Reading | null {
  const from = holes.reduce((start, hole) => (hole.from <= start && start < hole.to ? hole.to : start), at);
  const ahead = holes.filter((hole) => hole.from > from).map((hole) => hole.from);
  return from < to ? readingOf(from, Math.min(from + windowMs, to, ...ahead)) : null;
}
