export interface Steps {
  /** Runs one step of a story and prints it when it is done; a failing step ends the story. */
  run<T>(what: string, step: () => Promise<T>): Promise<T>;
}

export function createSteps(print: (line: string) => void = console.log): Steps {
  let count = 0;
  return {
    async run(what, step) {
      const startedAt = Date.now();
      const number = String(++count).padStart(2);
      try {
        const value = await step();
        print(`${number}. ${what} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
        return value;
      } catch (error) {
        throw new Error(`Step ${count} did not hold: ${what}\n${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      }
    },
  };
}
