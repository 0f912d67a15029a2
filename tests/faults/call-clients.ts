import { randomUUID } from 'node:crypto';

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

/**
 * Places one call like a persistent client: it repeats the request with the same idempotency key after every broken connection,
 * 409 or 5xx, until an answer is final. Null when it was aborted or gave up.
 */
export async function placeStubbornly(
  url: () => string,
  caller: Caller,
  number: string,
  signal: AbortSignal,
): Promise<Told | null> {
  const key = randomUUID();
  const clickedAt = Date.now();
  const body = JSON.stringify({ number, clickedAt, surface: 'page' });
  while (!signal.aborted && Date.now() - clickedAt < giveUpMs) {
    const answer = await post(`${url()}/v1/calls`, caller, key, body);
    if (answer && isFinal(answer)) return { key, agentId: caller.agentId, number, ...answer };
    await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 60));
  }
  return null;
}

async function post(
  address: string,
  caller: Caller,
  key: string,
  body: string,
): Promise<{ status: number; state: string } | null> {
  try {
    const headers = {
      ...(await caller.headers('POST', '/v1/calls')),
      'content-type': 'application/json',
      'idempotency-key': key,
    };
    const answer = await fetch(address, { method: 'POST', headers, body, signal: AbortSignal.timeout(15_000) });
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
