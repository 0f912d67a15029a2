/**
 * The wall clock and the monotonic clock of a computer differ by this much only when the wall clock was set or the computer
 * slept.
 */
const jumpMs = 2_000;

/**
 * Returns a function that tells, at each call, whether the computer's clock was set or the computer slept since the last call.
 */
export function createJumpCheck(wall: () => number = Date.now, steady: () => number = () => performance.now()): () => boolean {
  let before = wall() - steady();
  return () => {
    const now = wall() - steady();
    const jumped = Math.abs(now - before) > jumpMs;
    before = now;
    return jumped;
  };
}
