import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { MeSchema } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { readProgress, statusOf } from '../history/mirror-status.ts';
import { StoreError } from '../store/store-error.ts';

export type Metrics = ReturnType<typeof createMetrics>;

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const upstreamStates = MeSchema.entries.upstream.entries.state.options;

/** The metrics for Prometheus. Label values come from closed sets (routes, methods, statuses, states), never from the request. */
export function createMetrics({ antbuddy, store, now, hub }: Pick<Deps, 'antbuddy' | 'store' | 'now' | 'hub'>) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Histogram({
    name: 'dialside_http_request_seconds',
    help: 'Time to answer a request.',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers,
  });
  const errors = new Counter({
    name: 'dialside_unexpected_errors_total',
    help: 'Requests that failed in an unexpected way.',
    registers,
  });
  const storeErrors = new Counter({
    name: 'dialside_store_errors_total',
    help: 'Requests and readiness probes that failed because the store did.',
    registers,
  });
  new Gauge({
    name: 'dialside_upstream_state',
    help: 'State of AntBuddy as last seen: 1 for the state it is in.',
    labelNames: ['state'],
    registers,
    collect() {
      const { state } = antbuddy.health();
      for (const one of upstreamStates) this.set({ state: one }, one === state ? 1 : 0);
    },
  });
  new Gauge({
    name: 'dialside_signals_live',
    help: '1 while the call signals are heard, 0 while they are not or no account id is set.',
    registers,
    collect() {
      this.set(Number(hub.statusFor([]).live));
    },
  });
  const backfilled = new Gauge({
    name: 'dialside_history_backfilled_ratio',
    help: 'Share of the first 31 days mirrored.',
    registers,
  });
  const missing = new Gauge({
    name: 'dialside_history_missing_seconds',
    help: 'How much of the history AntBuddy has not given, of up to 31 days.',
    registers,
  });
  new Gauge({
    name: 'dialside_history_lag_seconds',
    help: 'Age of the moment up to which the history was read; -1 before the first sweep ended.',
    registers,
    async collect() {
      const progress = await readProgress(store).catch(nothingWithoutStore);
      if (!progress) {
        for (const gauge of [backfilled, missing, this]) gauge.set(Number.NaN);
        return;
      }
      const { completeTo, holes } = progress;
      backfilled.set(statusOf(progress).backfilled);
      missing.set(holes.reduce((sum, { from, to }) => sum + (to - from) / 1000, 0));
      this.set(completeTo === null ? -1 : (now() - completeTo) / 1000);
    },
  });

  /** The other metrics must stay readable while the store is down. */
  function nothingWithoutStore(error: unknown): null {
    if (error instanceof StoreError) return null;
    throw error;
  }

  return {
    registry,
    noteRequest({ route, method, status, seconds }: { route: string; method: string; status: number; seconds: number }): void {
      requests.observe({ route, method: methods.has(method) ? method : 'other', status }, seconds);
    },
    noteUnexpected: () => errors.inc(),
    noteStoreError: () => storeErrors.inc(),
  };
}
