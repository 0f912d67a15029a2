/** The part of a BroadcastChannel that `createSolo` uses. */
export type Channel = Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'close'>;

interface Solo {
  /** Tells all other players of this browser to pause. */
  begin(): void;
  stop(): void;
}

/** One recording plays at a time, whichever popup or side panel plays it. A channel never receives its own messages. */
export function createSolo(pause: () => void, channel: Channel = new BroadcastChannel('dialside-player')): Solo {
  channel.addEventListener('message', pause);
  return { begin: () => channel.postMessage('playing'), stop: () => channel.close() };
}
