import { clock } from '../i18n/clock.ts';
import type { Translate } from '../i18n/translate.ts';
import type { Caller, CallReply, OtherDevice } from './caller.ts';
import type { FollowCall } from './card/follow-call.ts';
import type { PageMessage } from './messages.ts';

/** What the button of a number shows. `asking` waits for a second press. */
export type Phase = 'idle' | 'asking' | 'placing' | 'ringing' | 'talking' | 'ended' | 'failed' | 'unknown';

export interface CallStatus {
  phase: Phase;
  /** For the person, beside the button; none when there is nothing to say. */
  text?: string;
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
}

/** Where nobody tells, the device is taken to ring for this long; until then a further press says so instead of dialling again. */
const RINGING_MS = 10_000;
/** How long it is said that a call has ended. */
const ENDED_MS = 4_000;

const IDLE: CallStatus = { phase: 'idle' };

/** One call at a time for each number, wherever on the page it is pressed. */
export function createCalls({ caller, translate, onChange, reasonOf, isSeen, follow: followCall, delay = later }: CallsDeps) {
  const statuses = new Map<string, CallStatus>();
  const undos = new Map<string, () => void>();
  const follows = new Map<string, () => void>();

  function set(number: string, status: CallStatus): void {
    undos.get(number)?.();
    undos.delete(number);
    if (status === IDLE) {
      follows.get(number)?.();
      follows.delete(number);
      statuses.delete(number);
    } else statuses.set(number, status);
    onChange(number);
  }
  function sentence(error: { code: string; message: string }): string {
    const key = `error_${error.code}` as PageMessage;
    const text = translate(key);
    // A newer relay may have codes unknown here; its own sentence is better than none.
    return text === key ? error.message : text;
  }
  function outcome(reply: CallReply, extension: string | undefined): CallStatus {
    if (!reply.ok) {
      return { phase: reply.error.code === 'outcome_unknown' ? 'unknown' : 'failed', text: sentence(reply.error) };
    }
    const { state, reason, other } = reply.value;
    if (state === 'accepted') {
      const text = extension ? translate('sentExtension', { extension }) : translate('sent');
      return { phase: 'ringing', text };
    }
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
  function follow(number: string, key: string, sent: CallStatus, extension: string | undefined): void {
    const stop = followCall?.({
      ask: async () => caller.progress?.(key),
      isSeen: () => isSeen?.(number) ?? true,
      delay,
      tell(stage, seconds) {
        if (stage === 'lost') set(number, IDLE);
        else if (stage === 'ended') setUntil(number, { phase: 'ended', text: translate('progress_ended') }, ENDED_MS);
        else if (stage === 'sent') set(number, sent);
        else if (stage === 'ringing') set(number, { phase: 'ringing', text: translate('progress_ringing') });
        else {
          const rest = extension ? ` · ${translate('card_extension', { extension })}` : '';
          set(number, { phase: 'talking', text: translate('progress_talking', { time: clock(seconds) }) + rest });
        }
      },
    });
    if (stop) follows.set(number, stop);
  }

  return {
    of: (number: string): CallStatus => statuses.get(number) ?? IDLE,
    isLocked: (number: string): boolean => ['placing', 'ringing', 'talking'].includes(statuses.get(number)?.phase ?? 'idle'),
    ask(number: string, text: string): void {
      set(number, { phase: 'asking', text });
    },
    say(number: string, text: string): void {
      set(number, { phase: 'failed', text });
    },
    reset(number: string): void {
      if (!this.isLocked(number)) set(number, IDLE);
    },
    /** Places the call; a number that is being placed or rings is left alone. */
    async place(number: string, extension: string | undefined, sipDevice?: string): Promise<void> {
      if (this.isLocked(number)) return;
      set(number, { phase: 'placing' });
      const { key, settled } = caller.call(number, 'page', reasonOf?.(number), sipDevice);
      const status = outcome(await settled, extension);
      if (status.phase !== 'ringing') {
        set(number, status);
        return;
      }
      setUntil(number, status, RINGING_MS);
      if (caller.progress) follow(number, key, status, extension);
    },
    stop(): void {
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
