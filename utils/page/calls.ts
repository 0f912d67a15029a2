import type { Translate } from '../i18n/translate.ts';
import type { Caller, CallReply } from './caller.ts';
import type { PageMessage } from './messages.ts';

/** What the button of a number shows. `asking` waits for a second press. */
export type Phase = 'idle' | 'asking' | 'placing' | 'ringing' | 'failed' | 'unknown';

export interface CallStatus {
  phase: Phase;
  /** For the person, beside the button; none when there is nothing to say. */
  text?: string;
}

export interface CallsDeps {
  caller: Caller;
  translate: Translate<PageMessage>;
  onChange: (number: string) => void;
  /** Runs work later; gives the undo. */
  delay?: (work: () => void, milliseconds: number) => () => void;
}

/** The device rings for about this long; until then a further press says so instead of dialling again. */
const RINGING_MS = 10_000;

const IDLE: CallStatus = { phase: 'idle' };

/** One call at a time for each number, wherever on the page it is pressed. */
export function createCalls({ caller, translate, onChange, delay = later }: CallsDeps) {
  const statuses = new Map<string, CallStatus>();
  const undos = new Map<string, () => void>();

  function set(number: string, status: CallStatus): void {
    undos.get(number)?.();
    undos.delete(number);
    if (status === IDLE) statuses.delete(number);
    else statuses.set(number, status);
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
    const { state, reason } = reply.value;
    if (state === 'accepted') {
      const text = extension ? translate('ringingExtension', { extension }) : translate('ringing');
      return { phase: 'ringing', text };
    }
    if (state === 'rejected' || state === 'not_sent') {
      return { phase: 'failed', text: reason ? sentence(reason) : translate('notPlaced') };
    }
    return { phase: 'unknown', text: translate('error_outcome_unknown') };
  }

  return {
    of: (number: string): CallStatus => statuses.get(number) ?? IDLE,
    isLocked: (number: string): boolean => ['placing', 'ringing'].includes(statuses.get(number)?.phase ?? 'idle'),
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
    async place(number: string, extension: string | undefined): Promise<void> {
      if (this.isLocked(number)) return;
      set(number, { phase: 'placing' });
      const status = outcome(await caller.call(number, 'page').settled, extension);
      set(number, status);
      if (status.phase === 'ringing')
        undos.set(
          number,
          delay(() => set(number, IDLE), RINGING_MS),
        );
    },
    stop(): void {
      for (const undo of undos.values()) undo();
      undos.clear();
      statuses.clear();
    },
  };
}
export type Calls = ReturnType<typeof createCalls>;

function later(work: () => void, milliseconds: number): () => void {
  const timer = setTimeout(work, milliseconds);
  return () => clearTimeout(timer);
}
