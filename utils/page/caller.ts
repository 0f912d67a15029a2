/** What page code knows of placing calls; the extension's caller has this shape. */
export interface Caller {
  call(number: string, surface: 'page', wishes?: CallWishes): { key: string; settled: Promise<CallReply> };
  /** What becomes of a call that was being placed before this script came into the page. */
  outcome?(key: string, pressedAt: number): Promise<CallReply>;
  /** How far a call that was placed has come; absent answer: nobody could say. */
  progress?(key: string): Promise<CallProgress | undefined>;
  /** Calls placed on this site of which nobody has told that they are over. */
  openCalls?(): Promise<OpenCall[]>;
  /** Shows a number where the agent can call it outside of the page; false where that cannot be done. */
  offer?(number: string, extension?: string): Promise<boolean>;
}

/** What the person said besides the number. */
export interface CallWishes {
  overrideReason?: string | undefined;
  sipDevice?: string | undefined;
  extension?: string | undefined;
  /** Whether they were told that the number was called a moment ago. */
  isAgain?: boolean | undefined;
}

/** `at`: when it was pressed, on this computer's clock · `isDoubtful`: nobody knows whether it was placed. */
export interface OpenCall {
  key: string;
  number: string;
  extension?: string | undefined;
  at: number;
  isDoubtful: boolean;
}

/** The device to try instead, where the one that was to ring is offline. */
export type OtherDevice = { id: string; name: string };

export type CallReply =
  | { ok: true; value: { state: string; reason: { code: string; message: string } | null; other?: OtherDevice } }
  | { ok: false; error: { code: string; message: string } };

/**
 * `sent`: the device was asked to ring · `ringing`: the switch opened the call, and nobody tells whose device rings ·
 * `since`: when the stage began, on this computer's clock.
 */
export interface CallProgress {
  stage: 'sent' | 'ringing' | 'talking' | 'ended' | 'unknown';
  since: number | null;
  /** Whether signals of the call are heard; otherwise no more is known than that the device was asked to ring. */
  live: boolean;
  /** Whether signals are heard at all: of a call that goes on there would be some. */
  signals: boolean;
}
