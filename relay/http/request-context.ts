import { AsyncLocalStorage } from 'node:async_hooks';

const context = new AsyncLocalStorage<string>();

/** All log lines written during `work` carry the request's id. */
export function runAsRequest<Value>(requestId: string, work: () => Value): Value {
  return context.run(requestId, work);
}

export function currentRequestId(): string | undefined {
  return context.getStore();
}
