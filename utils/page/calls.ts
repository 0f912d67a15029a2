import { clock } from '../i18n/clock.ts';
import type { Translate } from '../i18n/translate.ts';
import type { Caller, CallReply, OpenCall, OtherDevice } from './caller.ts';
import { followCall } from './card/follow-call.ts';
import type { PageMessage } from './messages.ts';

/** What the button of a number shows. `asking` waits for a second press. */
export type Phase = 'idle' | 'asking' | 'placing' | 'ringing' | 'talking' | 'ended' | 'failed' | 'unknown';

export interface CallStatus {
  phase: Phase;
  /** Sentence for the agent beside the button; absent when there is nothing to say. */
  text?: string;
  /** Label of the button where it differs from the usual one of its phase. */
  label?: PageMessage;
  other?: OtherDevice | undefined;
  /** Whether the call would be placed if a reason were given. */
  needsReason?: boolean;
}

interface CallsDeps {
  caller: Caller;
  translate: Translate<PageMessage>;
  onChange: (number: string) => void;
  /** The reason that the agent gave for calling a number despite a warning, if any. */
  reasonOf: (number: string) => string | undefined;
  /** Why a number would be refused now, from the relay. */
  refusalOf: (number: string) => Promise<{ text: string; overridable: boolean } | null | undefined>;
  /** Whether the state of a number's call is visible to the agent at the moment. */
  isSeen: (number: string) => boolean;
  /** Schedules work; returns a function that cancels it. */
  delay?: (work: () => void, milliseconds: number) => () => void;
  now?: () => number;
}

/** Without signals the device is assumed to ring for this long; meanwhile a press says so instead of dialling again. */
const RINGING_MS = 10_000;
/** A call pressed longer ago is no longer being placed: its outcome is known, or will stay unknown. */
const PLACING_MS = 20_000;
/** Phones ring for longer than `RINGING_MS`: for this long a further press asks first, unless the call was reported as ended. */
const RECENT_MS = 45_000;
/** How long the end of a call stays displayed: long enough to go on to its outcome. */
const ENDED_MS = 8_000;

const IDLE: CallStatus = { phase: 'idle' };

/** The calls placed from a page: at most one at a time for each number, whichever of its buttons is pressed. */
export function createCalls(deps: CallsDeps) {
  const { caller, translate, onChange, reasonOf, refusalOf, isSeen, delay = later, now = Date.now } = deps;
  const statuses = new Map<string, CallStatus>();
  const undos = new Map<string, () => void>();
  const follows = new Map<string, () => void>();
  /** Time of the last call by number, for calls that were not reported as ended. */
  const calledAt = new Map<string, number>();
  /** Numbers whose last call has an unknown outcome. */
  const doubtful = new Set<string>();
  /** Numbers in calls from before this script started that are not yet known to be still going on. */
  const unheard = new Set<string>();
  /** Whether the list of calls from before this script started is still being fetched. */
  let isCatchingUp = false;
  let isStopped = false;

  function set(number: string, status: CallStatus): void {
    undos.get(number)?.();
    undos.delete(number);
    const before = statuses.get(number) ?? IDLE;
    if (status.phase === 'unknown') doubtful.add(number);
    if (status === IDLE) statuses.delete(number);
    else statuses.set(number, status);
    // A call that is followed reports the same state every second.
    const isSame = (['phase', 'text', 'other', 'needsReason'] as const).every((part) => status[part] === before[part]);
    if (!isSame) onChange(number);
  }
  function endFollow(number: string): void {
    follows.get(number)?.();
    follows.delete(number);
  }
  function sentence(error: { code: string; message: string }): string {
    const key = `error_${error.code}` as PageMessage;
    const text = translate(key);
    // A newer relay may send codes that are unknown here; its own sentence is better than none.
    return text === key ? error.message : text;
  }
  function sentOf(extension: string | undefined): CallStatus {
    return { phase: 'ringing', text: extension ? translate('sentExtension', { extension }) : translate('sent') };
  }
  function outcome(reply: CallReply, extension: string | undefined): CallStatus {
    if (!reply.ok) {
      // The background also knows of calls placed elsewhere; its message is the question, in the agent's language.
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

  /** Shows a status for a limited time; replaces a timer that is already running for the number. */
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
    const stop = followCall({
      ask: () => caller.progress(key),
      isSeen: () => isSeen(number),
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
        } else if (stage === 'ringing')
          set(number, { phase: 'ringing', text: translate('progress_ringing'), label: 'customerRingingLabel' });
        else if (stage !== 'talking') set(number, sent);
        else {
          const rest = extension ? ` · ${translate('card_extension', { extension })}` : '';
          set(number, { phase: 'talking', text: translate('progress_talking', { time: clock(seconds) }) + rest });
        }
      },
    });
    follows.set(number, stop);
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
    // A call placed here in the meantime is more recent and wins.
    if (calledAt.has(number) || isLocked(number)) return;
    if (isDoubtful && Math.abs(now() - at) < PLACING_MS) {
      void settle(number, key, caller.outcome(key, at), extension);
      return;
    }
    calledAt.set(number, at);
    if (isDoubtful) doubtful.add(number);
    unheard.add(number);
    const question = questionOf(number);
    if (question && statuses.get(number)?.phase === 'asking') ask(number, question);
    follow(number, key, sentOf(extension), extension);
  }
  /** Adds what only the relay knows of this number: the hours of today, and whether a reason would do. */
  async function explain(number: string, status: CallStatus): Promise<void> {
    const refusal = await refusalOf(number);
    if (!refusal || statuses.get(number) !== status) return;
    set(number, { ...status, text: refusal.text, needsReason: refusal.overridable });
  }
  async function settle(number: string, key: string, reply: Promise<CallReply>, extension?: string): Promise<void> {
    set(number, { phase: 'placing' });
    const answer = await reply;
    const status = outcome(answer, extension);
    if (isStopped) return;
    if (status.phase !== 'ringing') {
      set(number, status);
      const code = answer.ok ? answer.value.reason?.code : answer.error.code;
      if (code === 'outside_sales_hours') await explain(number, status);
      return;
    }
    calledAt.set(number, now());
    setUntil(number, status, RINGING_MS);
    follow(number, key, status, extension);
  }

  return {
    of: (number: string): CallStatus => statuses.get(number) ?? IDLE,
    isLocked,
    /** The question to ask before the number is called again; undefined when none is needed. */
    questionOf,
    ask,
    say(number: string, text: string): void {
      set(number, { phase: 'failed', text });
    },
    reset(number: string): void {
      if (!isLocked(number)) set(number, IDLE);
    },
    /** Places the call; does nothing while a call with the number is being placed or going on. */
    async place(number: string, extension: string | undefined, sipDevice?: string, isAgain?: boolean): Promise<void> {
      if (isLocked(number)) return;
      endFollow(number);
      doubtful.delete(number);
      unheard.delete(number);
      const { key, settled } = caller.call(number, 'page', { overrideReason: reasonOf(number), sipDevice, extension, isAgain });
      await settle(number, key, settled, extension);
    },
    /** Picks up the calls placed before this script started; until their list has arrived every press asks first. */
    async resume(): Promise<void> {
      isCatchingUp = true;
      // The background may be shut down before it answers: then no earlier call is known.
      const open = await caller.openCalls().catch(() => []);
      isCatchingUp = false;
      if (!isStopped) for (const call of open) goOn(call);
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

/** A time as `14:05`. */
function timeOf(at: number): string {
  return new Date(at).toTimeString().slice(0, 5);
}
