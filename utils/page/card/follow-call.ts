import type { CallProgress } from '../caller.ts';

interface FollowDeps {
  ask: () => Promise<CallProgress | undefined>;
  /** Whether the result is visible to the agent; no requests are made while it is not. */
  isSeen: () => boolean;
  /**
   * Reports a stage known from signals of the call, with the seconds since it began; `lost` when signals stop. They may resume,
   * unless there never were any.
   */
  tell: (stage: 'sent' | 'pickUp' | 'ringing' | 'talking' | 'ended' | 'lost', seconds: number) => void;
  /** Schedules work; returns a function that cancels it. */
  delay: (work: () => void, milliseconds: number) => () => void;
  now?: () => number;
}

const TICK_MS = 1_000;
const TICKS_PER_QUESTION = 2;
/** After this many requests without a signal the call is reported as `lost`; after five minutes it is no longer followed. */
const SILENT_QUESTIONS = 5;
const GIVEN_UP_QUESTIONS = 150;
/** An ended call keeps being reported for this long; after that, a call missing from the signals counts as ended. */
const ENDS_REPEATED_MS = 300_000;

/**
 * Follows a placed call: asks every two seconds while the call is visible, and reports stages only from signals of the call.
 * After a time out of view it reports nothing until a signal has arrived again. Returns a function that stops it.
 */
export function followCall({ ask, isSeen, tell, delay, now = Date.now }: FollowDeps): () => void {
  let undo = () => {};
  let isStopped = false;
  let ticks = 0;
  let silent = 0;
  let last: CallProgress | undefined;
  let heardAt = 0;
  /** Whether the call was out of view since its last signal. */
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
