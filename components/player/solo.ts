/** The part of a BroadcastChannel that playing alone stands on. */
export type Channel = Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'close'>;

export interface Solo {
  /** Tells all other players of this browser to pause. */
  begin(): void;
  stop(): void;
}

/** One recording at a time, whichever popup or side panel plays it. A channel never hears itself. */
export function createSolo(pause: () => void, channel: Channel = new BroadcastChannel('dialside-player')): Solo {
  channel.addEventListener('message', pause);
  return { begin: () => channel.postMessage('playing'), stop: () => channel.close() };
}
