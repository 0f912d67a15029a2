import { RelayError } from '../http/relay-error.ts';
import { dayMs, type Span } from './mirror-status.ts';
import { type Reading, readingOf } from './sweep-window.ts';

/** Of what AntBuddy does not give, so little is passed over; twice as much each time where nothing is given for long. */
export const shortestMs = 60_000;

/** A part of the histories (epoch milliseconds) and how far it is read, oldest first and a window at a time. */
export interface Stretch {
  /** Where the next window begins, and how long it may be: a day at most, so that what is read of a long gap can be told. */
  at: number;
  windowMs: number;
  to: number;
  /** The window that is being read. */
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
  /** Throws unless AntBuddy gives the newest calls, and so the fault is with what else was asked for. */
  readNewest(): Promise<void>;
  holes(): Promise<readonly Span[]>;
  onRead?(end: number): Promise<void>;
  onHole(hole: Span): Promise<void>;
  mayGoOn?(): boolean;
}

/**
 * Reads a stretch but for its holes: whether to its end. Throws what the upstream throws, and may then be asked to go on. A window that
 * fails once more then is halved for as long as the newest calls are given, and the last small part of it becomes a hole.
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
      // AntBuddy may have failed altogether since: the next part is given up only if it gives the newest then.
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

/** Whether it may be for what was asked, and not for who asked or when. */
export function isOfPage(error: unknown): error is RelayError {
  return error instanceof RelayError && ['upstream_failed', 'upstream_malformed', 'upstream_unreachable'].includes(error.code);
}

function nextWindow({ at, windowMs, to }: Stretch, holes: readonly Span[]): Reading | null {
  const from = holes.reduce((start, hole) => (hole.from <= start && start < hole.to ? hole.to : start), at);
  const ahead = holes.filter((hole) => hole.from > from).map((hole) => hole.from);
  return from < to ? readingOf(from, Math.min(from + windowMs, to, ...ahead)) : null;
}
