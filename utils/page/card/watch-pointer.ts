interface PointerDeps {
  window: Window;
  /** The pointer has come to rest; may measure the page. */
  onRest: (x: number, y: number) => void;
  /** The pointer has been outside of the open card for `REST_MS`. */
  onLeave: () => void;
  /** Whether a point belongs to the open card; undefined while none is open. Must not measure: it is called at every move. */
  isInside: (x: number, y: number) => boolean | undefined;
  signal: AbortSignal;
}

export const REST_MS = 250;

/** Tells when the pointer rests. A move costs a few assignments, and there is a timer only while the pointer moves. */
export function watchPointer({ window, onRest, onLeave, isInside, signal }: PointerDeps): void {
  const { performance } = window;
  let timer = 0;
  let x = 0;
  let y = 0;
  let movedAt = 0;
  let awaySince: number | undefined;

  function check(): void {
    timer = 0;
    const now = performance.now();
    if (awaySince !== undefined && now - awaySince >= REST_MS) {
      awaySince = undefined;
      onLeave();
    }
    const left = REST_MS - (now - movedAt);
    if (left > 1 || awaySince !== undefined) timer = window.setTimeout(check, Math.max(left, 20));
    if (left <= 1) onRest(x, y);
  }
  function onMove(event: PointerEvent): void {
    // With a button down the user selects or drags; a finger does not hover.
    if (!event.isTrusted || event.pointerType === 'touch' || event.buttons > 0) return;
    x = event.clientX;
    y = event.clientY;
    movedAt = performance.now();
    awaySince = isInside(x, y) === false ? (awaySince ?? movedAt) : undefined;
    timer ||= window.setTimeout(check, REST_MS);
  }
  function forget(): void {
    window.clearTimeout(timer);
    timer = 0;
    awaySince = undefined;
  }
  function onGone(): void {
    timer = 0;
    onLeave();
  }
  window.addEventListener('pointermove', onMove, { capture: true, passive: true, signal });
  // No move is heard over a frame, only that the pointer came to it.
  const onOver = (event: PointerEvent) => (event.target as Element).localName === 'iframe' && onMove(event);
  window.addEventListener('pointerover', onOver, { capture: true, passive: true, signal });
  // The handler of the press decides what stays open.
  window.addEventListener('pointerdown', forget, { capture: true, passive: true, signal });
  window.document.documentElement.addEventListener(
    'pointerleave',
    () => {
      forget();
      if (isInside(-1, -1) === false) timer = window.setTimeout(onGone, REST_MS);
    },
    { passive: true, signal },
  );
  signal.addEventListener('abort', forget);
}
