import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

/** The final answer that a client got for one click. */
export interface Told {
  key: string;
  agentId: string;
  number: string;
  status: number;
  state: string;
}

export interface Caller {
  agentId: string;
  headers(method: string, path: string): Promise<Record<string, string>>;
}

const giveUpMs = 25_000;

/** A mobile number of its own for each turn, in E.164. */
export const nthNumber = (turn: number) => `+849${10_000_000 + turn}`;

/** The request for POST /v1/calls. */
export async function callRequest(caller: Caller, number: string, key: string = randomUUID(), clickedAt = Date.now()) {
  const signed = await caller.headers('POST', '/v1/calls');
  return {
    method: 'POST',
    headers: { ...signed, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ number, clickedAt, surface: 'page' }),
  };
}

/** Every caller calls one number after the other until `signal` aborts. `onAnswer` gets the time at which a call was begun. */
export async function callUntil(
  signal: AbortSignal,
  callers: readonly Caller[],
  url: () => string,
  onAnswer: (began: number) => void = () => undefined,
) {
  const told: Told[] = [];
  let placed = 0;
  await Promise.all(
    callers.map(async (caller) => {
      while (!signal.aborted) {
        placed += 1;
        const began = performance.now();
        const answer = await placeStubbornly(url, caller, nthNumber(placed));
        onAnswer(began);
        if (answer) told.push(answer);
      }
    }),
  );
  return { told, placed, unanswered: placed - told.length };
}

/**
 * Places one call like a persistent client: it repeats the request with the same idempotency key after every broken connection,
 * 409 or 5xx, until an answer is final. Null when it gave up.
 */
async function placeStubbornly(url: () => string, caller: Caller, number: string): Promise<Told | null> {
  const key = randomUUID();
  const clickedAt = Date.now();
  while (Date.now() - clickedAt < giveUpMs) {
    const answer = await post(`${url()}/v1/calls`, await callRequest(caller, number, key, clickedAt));
    if (answer && isFinal(answer)) return { key, agentId: caller.agentId, number, ...answer };
    await wait(20 + Math.random() * 60);
  }
  return null;
}

async function post(address: string, request: RequestInit): Promise<{ status: number; state: string } | null> {
  try {
    const answer = await fetch(address, { ...request, signal: AbortSignal.timeout(15_000) });
    const { state, error } = (await answer.json()) as { state?: string; error?: { code: string } };
    return { status: answer.status, state: state ?? error?.code ?? '' };
  } catch {
    // The relay was killed during this request, which is what these checks are about.
    return null;
  }
}

function isFinal({ status, state }: { status: number; state: string }): boolean {
  return status < 500 && state !== 'call_in_progress' && state !== 'dispatching';
}
