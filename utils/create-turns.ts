/**
 * Gives what runs work one after the other, each whatever became of the one before: storage has no transactions, so what reads and
 * then writes waits for its turn.
 * @param failed is told of work that failed, besides whoever asked for it
 */
export function createTurns(failed: (error: unknown) => void = () => {}): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(failed);
    return done;
  };
}
