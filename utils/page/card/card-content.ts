/** What is known about a number, as texts ready to be shown: the background writes them in the user's language. */
export interface NumberDetails {
  national: string;
  international: string;
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
  /** Why a call would be refused now. `overridable`: a typed reason allows it. */
  refusal: { text: string; overridable: boolean } | null;
  /** What to know before calling, which bars no call; absent: nothing. */
  warning?: string;
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
