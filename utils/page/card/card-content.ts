import type { PageMessage } from '../messages.ts';

/** What is known about a number, as texts ready to be shown: the background writes them in the user's language. */
export interface NumberDetails {
  national: string;
  international: string;
  /** As a CRM's search or a spreadsheet takes it. */
  plain: string;
  /** `Vietnam · mobile`; empty where neither is known. */
  kind: string;
  /** The local time at the number's place; null where the place is not known. */
  localTime: string | null;
  /** The device that a call would ring; null until the relay has answered. */
  device: string | null;
  /** The agent's devices and the id of the picked one; absent unless there are several. */
  choice?: { devices: { id: string; name: string }[]; picked: string } | undefined;
  /** Further remarks: that it was renumbered, its extension, why it was marked. */
  remarks: string[];
}

/** The agent's earlier calls with a number, and what the relay knows about it. */
export interface NumberPast {
  /** Replaces those of `NumberDetails` where the relay knows the place better than the digits tell; else null. */
  place: Pick<NumberDetails, 'kind' | 'localTime'> | null;
  /** `3 calls in 7 days · last: busy, Tue 10:20 · reached Mon 09:05` */
  summary: string;
  note: string | null;
  /**
   * Why a call would be refused now. `overridable`: a typed reason allows it. `hours`: the sentence of `text` that tells when it
   * may be called today.
   */
  refusal: { text: string; overridable: boolean; hours?: string } | null;
  /** The newest call with it, if that was in the last hours. */
  latest: NotableCall | null;
  /** What to know before calling, which bars no call; absent: nothing. */
  warning?: string;
}

type OutcomeIn<Key> = Key extends `past_outcome_${infer Id}` ? Id : never;
/** An outcome of a call that the page has a word for: every one that the relay knows. */
type Outcome = OutcomeIn<PageMessage>;

/** A call whose outcome can be noted; null for none. `at`: when it began. */
export interface NotableCall {
  subject: string;
  at: number;
  title: string;
  outcomes: { id: Outcome; text: string }[];
  outcome: Outcome | null;
}

/** What the page knows of a number beyond its digits. */
export interface NumberContext {
  number: string;
  extension?: string;
  /** The surrounding text, which explains why it was marked. */
  text: string;
  /** The label of its column or field. */
  label?: string;
}
