import type { CallProgress } from '../caller.ts';

export interface FollowDeps {
  ask: () => Promise<CallProgress | undefined>;
  /** Whether somebody sees what comes of it; nothing is asked while nobody does. */
  isSeen: () => boolean;
  /**
   * A stage that signals of the call told, with the seconds since it began; `lost` when they stay away. They may come back, unless
   * there never were any.
   */
  tell: (stage: 'sent' | 'ringing' | 'talking' | 'ended' | 'lost', seconds: number) => void;
  /** Runs work later; gives the undo. */
  delay: (work: () => void, milliseconds: number) => () => void;
  now?: () => number;
}

const TICK_MS = 1_000;
const TICKS_PER_QUESTION = 2;
/** Signals that stay away for so long are missed, and waited for until they have stayed away for five minutes. */
const SILENT_QUESTIONS = 5;
const GIVEN_UP_QUESTIONS = 150;
/** An end is repeated for so long: later it is told by the call being gone from those that are heard. */
const ENDS_REPEATED_MS = 300_000;

export type FollowCall = typeof followCall;

/**
 * Follows a call that was placed: asks every two seconds while it is seen, and tells stages only where signals of the call are
 * heard; to whoever was away nothing before signals of it were heard again. Returns the undo.
 */
export function followCall({ ask, isSeen, tell, delay, now = Date.now }: FollowDeps): () => void {
  let undo = () => {};
  let isStopped = false;
  let ticks = 0;
  let silent = 0;
  let last: CallProgress | undefined;
  let heardAt = 0;
  /** Whether nobody looked since it was last heard of. */
  let wasAway = false;

  async function tick(): Promise<void> {
    if (isSeen()) {
      if (ticks++ % TICKS_PER_QUESTION === 0) note(await ask().catch(() => undefined));
      if (!isStopped && last && !wasAway && silent < SILENT_QUESTIONS) say(last);
    } else {
      wasAway = true;
      ticks = 0;
    }
    if (!isStopped) undo = delay(() => void tick(), TICK_MS);
  }
  function note(progress: CallProgress | undefined): void {
    const isGone = progress?.signals && last && last.stage !== 'sent' && now() - heardAt > ENDS_REPEATED_MS;
    if (progress && ((progress.live && progress.stage !== 'unknown') || isGone)) {
      last = progress.live ? progress : { ...progress, stage: 'ended' };
      silent = 0;
      heardAt = now();
      wasAway = false;
      return;
    }
    silent += 1;
    if (silent === SILENT_QUESTIONS && !isStopped) tell('lost', 0);
    if (silent >= (last ? GIVEN_UP_QUESTIONS : SILENT_QUESTIONS)) stop();
  }
  function say({ stage, since }: CallProgress): void {
    if (stage === 'ended' || stage === 'unknown') {
      stop();
      tell('ended', 0);
    } else tell(stage, since === null ? 0 : Math.max(0, Math.floor((now() - since) / 1000)));
  }
  function stop(): void {
    isStopped = true;
    undo();
  }
  void tick();
  return stop;
}
