/** Tracks the page script's listeners, timers, frames and observers by wrapping the browser's functions before it starts. */
interface Listening {
  target: EventTarget;
  type: string;
  listener: unknown;
  capture: boolean;
  signal: AbortSignal | undefined;
}
const listening: Listening[] = [];
const timers = new Set<number>();
const frames = new Set<number>();
const observing = new Map<string, Set<object>>();

function wrap<T extends object, K extends keyof T>(owner: T, name: K, around: (original: T[K]) => T[K]): void {
  owner[name] = around(owner[name]);
}
const captureOf = (options?: boolean | EventListenerOptions) => (typeof options === 'object' ? !!options.capture : !!options);

wrap(
  EventTarget.prototype,
  'addEventListener',
  (original) =>
    function (this: EventTarget, type, listener, options) {
      const signal = typeof options === 'object' ? options.signal : undefined;
      listening.push({ target: this ?? window, type, listener, capture: captureOf(options), signal });
      return original.call(this, type, listener, options);
    },
);
wrap(
  EventTarget.prototype,
  'removeEventListener',
  (original) =>
    function (this: EventTarget, type, listener, options) {
      const target = this ?? window;
      const at = listening.findIndex(
        (one) => one.target === target && one.type === type && one.listener === listener && one.capture === captureOf(options),
      );
      if (at >= 0) listening.splice(at, 1);
      return original.call(this, type, listener, options);
    },
);
const setTimer = window.setTimeout.bind(window);
const clearTimer = window.clearTimeout.bind(window);
const askFrame = window.requestAnimationFrame.bind(window);
const cancelFrame = window.cancelAnimationFrame.bind(window);
Object.assign(window, {
  setTimeout(work: () => void, milliseconds?: number) {
    const timer = setTimer(() => {
      timers.delete(timer);
      work();
    }, milliseconds);
    timers.add(timer);
    return timer;
  },
  clearTimeout(timer: number) {
    timers.delete(timer);
    clearTimer(timer);
  },
  requestAnimationFrame(work: FrameRequestCallback) {
    const frame = askFrame((now) => {
      frames.delete(frame);
      work(now);
    });
    frames.add(frame);
    return frame;
  },
  cancelAnimationFrame(frame: number) {
    frames.delete(frame);
    cancelFrame(frame);
  },
});
for (const name of ['MutationObserver', 'IntersectionObserver', 'ResizeObserver'] as const) {
  const active = new Set<object>();
  observing.set(name, active);
  const { observe, disconnect } = window[name].prototype as unknown as Record<string, (...args: unknown[]) => void>;
  Object.assign(window[name].prototype, {
    observe(this: object, ...args: unknown[]) {
      active.add(this);
      observe!.apply(this, args);
    },
    disconnect(this: object) {
      active.delete(this);
      disconnect!.apply(this);
    },
  });
}

/** Describes what is left; empty when nothing is. Listeners of elements that left the page do not count. */
export function tracesLeft(): string[] {
  const heard = listening.filter(
    ({ target, signal }) => !signal?.aborted && (target === window || target instanceof Document || isInPage(target)),
  );
  const observers = [...observing].filter(([, active]) => active.size > 0);
  return [
    ...heard.map(({ type, target }) => `listens to ${type} of ${target}`),
    ...observers.map(([name, active]) => `${active.size} ${name}`),
    ...(timers.size > 0 ? [`${timers.size} timers`] : []),
    ...(frames.size > 0 ? [`${frames.size} frames`] : []),
    ...[...document.documentElement.children].filter((child) => (child as HTMLElement).popover).map(() => 'a host'),
    ...[...(CSS.highlights?.keys() ?? [])].map((name) => `highlight ${name}`),
  ];
}

function isInPage(target: EventTarget): boolean {
  if (target instanceof AbortSignal) return false;
  return target instanceof Node && target.isConnected;
}
