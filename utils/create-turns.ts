/**
 * A queue that runs work strictly one after the other, even when earlier work failed: storage has no transactions, so each
 * read-modify-write must wait for its turn.
 * @param failed receives the error of failed work, in addition to the caller
 */
export function createTurns(failed: (error: unknown) => void = () => {}): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(failed);
    return done;
  };
}
