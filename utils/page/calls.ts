import { clock } from '../i18n/clock.ts';
import type { Translate } from '../i18n/translate.ts';
import type { Caller, CallReply, OpenCall, OtherDevice } from './caller.ts';
import type { FollowCall } from './card/follow-call.ts';
import type { PageMessage } from './messages.ts';

/** What the button of a number shows. `asking` waits for a second press. */
export type Phase = 'idle' | 'asking' | 'placing' | 'ringing' | 'talking' | 'ended' | 'failed' | 'unknown';

export interface CallStatus {
  phase: Phase;
  /** For the person, beside the button; none when there is nothing to say. */
  text?: string;
  /** What the button says where its phase does not tell. */
  label?: PageMessage;
  other?: OtherDevice | undefined;
}

export interface CallsDeps {
  caller: Caller;
  translate: Translate<PageMessage>;
  onChange: (number: string) => void;
  /** Why a number is called against advice, where the person said so. */
  reasonOf?: (number: string) => string | undefined;
  /** Whether what becomes of a call can be seen just now. */
  isSeen?: (number: string) => boolean;
  /** What tells how a call goes on; without it a call rings for a while. */
  follow?: FollowCall;
  /** Runs work later; gives the undo. */
  delay?: (work: () => void, milliseconds: number) => () => void;
  now?: () => number;
}

/** Where nobody tells, the device is taken to ring for this long; until then a further press says so instead of dialling again. */
const RINGING_MS = 10_000;
/** A click that is older has its outcome, or none that anybody knows. */
const PLACING_MS = 20_000;
/** Phones ring for longer: for so long a further press asks first, unless the end of the call was told. */
const RECENT_MS = 45_000;
/** How long it is said that a call has ended. */
const ENDED_MS = 4_000;

const IDLE: CallStatus = { phase: 'idle' };

/** One call at a time for each number, wherever on the page it is pressed. */
export function createCalls(deps: CallsDeps) {
  const { caller, translate, onChange, reasonOf, isSeen, follow: followCall, delay = later, now = Date.now } = deps;
  const statuses = new Map<string, CallStatus>();
  const undos = new Map<string, () => void>();
  const follows = new Map<string, () => void>();
  /** When numbers were called whose calls nobody has told to be over. */
  const calledAt = new Map<string, number>();
  /** Numbers of whose last call nobody knows what became. */
  const doubtful = new Set<string>();
  /** Numbers in calls that were placed before, of which it was not heard yet whether they are still on. */
  const unheard = new Set<string>();
  /** Whether it is still being asked which calls are on that were placed before. */
  let isCatchingUp = false;
  let isStopped = false;

  function set(number: string, status: CallStatus): void {
    undos.get(number)?.();
    undos.delete(number);
    const before = statuses.get(number) ?? IDLE;
    if (status.phase === 'unknown') doubtful.add(number);
    if (status === IDLE) statuses.delete(number);
    else statuses.set(number, status);
    // Of a call that is followed the same is told every second.
    if (status.phase !== before.phase || status.text !== before.text || status.other !== before.other) onChange(number);
  }
  function endFollow(number: string): void {
    follows.get(number)?.();
    follows.delete(number);
  }
  function sentence(error: { code: string; message: string }): string {
    const key = `error_${error.code}` as PageMessage;
    const text = translate(key);
    // A newer relay may have codes unknown here; its own sentence is better than none.
    return text === key ? error.message : text;
  }
  function sentOf(extension: string | undefined): CallStatus {
    return { phase: 'ringing', text: extension ? translate('sentExtension', { extension }) : translate('sent') };
  }
  function outcome(reply: CallReply, extension: string | undefined): CallStatus {
    if (!reply.ok) {
      // The background knows of calls from elsewhere, and asks in the person's own words.
      if (reply.error.code === 'called_recently') return { phase: 'asking', text: reply.error.message };
      return { phase: reply.error.code === 'outcome_unknown' ? 'unknown' : 'failed', text: sentence(reply.error) };
    }
    const { state, reason, other } = reply.value;
    if (state === 'accepted') return sentOf(extension);
    if (state === 'rejected' || state === 'not_sent') {
      return { phase: 'failed', text: reason ? sentence(reason) : translate('notPlaced'), other };
    }
    return { phase: 'unknown', text: translate('error_outcome_unknown') };
  }

  /** Whatever was waited for before is over. */
  function setUntil(number: string, status: CallStatus, milliseconds: number): void {
    set(number, status);
    undos.set(
      number,
      delay(() => set(number, IDLE), milliseconds),
    );
  }
  function follow(number: string, key: string, sent: CallStatus, extension?: string): void {
    let isHeard = false;
    let isOn = false;
    const stop = followCall?.({
      ask: async () => caller.progress?.(key),
      isSeen: () => isSeen?.(number) ?? true,
      delay,
      tell(stage, seconds) {
        unheard.delete(number);
        if (stage === 'lost') {
          if (!isOn) endFollow(number);
          if (isHeard) set(number, isOn ? { phase: 'unknown', text: translate('progress_lost') } : IDLE);
          return;
        }
        isHeard = true;
        doubtful.delete(number);
        isOn = stage !== 'sent';
        if (stage === 'ended') {
          calledAt.delete(number);
          setUntil(number, { phase: 'ended', text: translate('progress_ended') }, ENDED_MS);
        } else if (stage === 'sent') set(number, sent);
        else if (stage === 'ringing')
          set(number, { phase: 'ringing', text: translate('progress_ringing'), label: 'customerRingingLabel' });
        else {
          const rest = extension ? ` · ${translate('card_extension', { extension })}` : '';
          set(number, { phase: 'talking', text: translate('progress_talking', { time: clock(seconds) }) + rest });
        }
      },
    });
    if (stop) follows.set(number, stop);
  }

  function isLocked(number: string): boolean {
    return ['placing', 'ringing', 'talking'].includes(statuses.get(number)?.phase ?? 'idle');
  }
  function questionOf(number: string): string | undefined {
    if (doubtful.has(number)) return translate('confirmAfterUnknown');
    const at = calledAt.get(number) ?? Number.NEGATIVE_INFINITY;
    if (unheard.has(number) || Math.abs(now() - at) < RECENT_MS) return translate('confirmAgain', { time: timeOf(at) });
    return isCatchingUp ? translate('confirm') : undefined;
  }
  function ask(number: string, text: string): void {
    set(number, { phase: 'asking', text });
  }
  function goOn({ number, key, extension, at, isDoubtful }: OpenCall): void {
    // One that was placed here since is the later one.
    if (calledAt.has(number) || isLocked(number)) return;
    if (isDoubtful && caller.outcome && Math.abs(now() - at) < PLACING_MS) {
      void settle(number, key, caller.outcome(key, at), extension);
      return;
    }
    calledAt.set(number, at);
    if (isDoubtful) doubtful.add(number);
    if (caller.progress) unheard.add(number);
    const question = questionOf(number);
    if (question && statuses.get(number)?.phase === 'asking') ask(number, question);
    if (caller.progress) follow(number, key, sentOf(extension), extension);
  }
  async function settle(number: string, key: string, reply: Promise<CallReply>, extension?: string): Promise<void> {
    set(number, { phase: 'placing' });
    const status = outcome(await reply, extension);
    if (isStopped) return;
    if (status.phase !== 'ringing') {
      set(number, status);
      return;
    }
    calledAt.set(number, now());
    setUntil(number, status, RINGING_MS);
    if (caller.progress) follow(number, key, status, extension);
  }

  return {
    of: (number: string): CallStatus => statuses.get(number) ?? IDLE,
    isLocked,
    /** What has to be asked before a number is called once more. */
    questionOf,
    ask,
    say(number: string, text: string): void {
      set(number, { phase: 'failed', text });
    },
    reset(number: string): void {
      if (!isLocked(number)) set(number, IDLE);
    },
    /** Places the call; a number that is being placed or rings is left alone. */
    async place(number: string, extension: string | undefined, sipDevice?: string, isAgain?: boolean): Promise<void> {
      if (isLocked(number)) return;
      endFollow(number);
      doubtful.delete(number);
      unheard.delete(number);
      const { key, settled } = caller.call(number, 'page', { overrideReason: reasonOf?.(number), sipDevice, extension, isAgain });
      await settle(number, key, settled, extension);
    },
    /** Goes on with the calls that were placed before this script came into the page; until they are known every press asks. */
    async resume(): Promise<void> {
      isCatchingUp = true;
      // The background may die under the question: nothing is known then, as before.
      const open = await caller.openCalls?.().catch(() => []);
      isCatchingUp = false;
      if (!isStopped) for (const call of open ?? []) goOn(call);
    },
    stop(): void {
      isStopped = true;
      for (const undo of [...undos.values(), ...follows.values()]) undo();
      undos.clear();
      follows.clear();
      statuses.clear();
    },
  };
}
export type Calls = ReturnType<typeof createCalls>;

function later(work: () => void, milliseconds: number): () => void {
  const timer = setTimeout(work, milliseconds);
  return () => clearTimeout(timer);
}

/** 14:05 */
function timeOf(at: number): string {
  return new Date(at).toTimeString().slice(0, 5);
}
