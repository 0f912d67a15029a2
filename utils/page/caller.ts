/** How page code places and follows calls; the extension's page caller implements it. */
export interface Caller {
  call(number: string, surface: 'page', wishes?: CallWishes): { key: string; settled: Promise<CallReply> };
  /** The outcome of a call that was being placed before this script started. */
  outcome(key: string, pressedAt: number): Promise<CallReply>;
  /** The progress of a placed call; undefined when it could not be found out. */
  progress(key: string): Promise<CallProgress | undefined>;
  /** Calls placed on this site that are not known to have ended. */
  openCalls(): Promise<OpenCall[]>;
  /** Shows a number in a view of ours, outside of the page, where the agent can call it; false when that is not possible. */
  offer(number: string, extension?: string): Promise<boolean>;
}

/** What the agent chose besides the number. */
export interface CallWishes {
  overrideReason?: string | undefined;
  sipDevice?: string | undefined;
  extension?: string | undefined;
  /** Whether the agent confirmed after being told that the number was called a moment ago. */
  isAgain?: boolean | undefined;
}

/** `at`: time of the press, on this computer's clock · `isDoubtful`: it is unknown whether the call was placed. */
export interface OpenCall {
  key: string;
  number: string;
  extension?: string | undefined;
  at: number;
  isDoubtful: boolean;
}

/** The device to try instead when the chosen one is offline. */
export type OtherDevice = { id: string; name: string };

export type CallReply =
  | { ok: true; value: { state: string; reason: { code: string; message: string } | null; other?: OtherDevice } }
  | { ok: false; error: { code: string; message: string } };

/**
 * `sent`: the device was asked to ring · `pickUp`: it rings · `ringing`: the switch opened the call; the other end's phone rings,
 * or it is not told whose · `since`: when the stage began, on this computer's clock.
 */
export interface CallProgress {
  stage: 'sent' | 'pickUp' | 'ringing' | 'talking' | 'ended' | 'unknown';
  since: number | null;
  /** Whether signals of this call arrive; otherwise it is only known that the device was asked to ring. */
  live: boolean;
  /** Whether signals of calls arrive at all: if so, a call without any is no longer going on. */
  signals: boolean;
}
