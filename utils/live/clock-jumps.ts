/** The two clocks of a computer run apart by so much only when somebody set one of them, or it slept. */
const jumpMs = 2_000;

/** A function that, asked now and then, says whether the computer's clock was set or the computer slept since it last asked. */
export function createJumpCheck(wall: () => number = Date.now, steady: () => number = () => performance.now()): () => boolean {
  let before = wall() - steady();
  return () => {
    const now = wall() - steady();
    const jumped = Math.abs(now - before) > jumpMs;
    before = now;
    return jumped;
  };
}
