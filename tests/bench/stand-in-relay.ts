import { createServer, type IncomingMessage } from 'node:http';
import { close, listen } from '../../relay/http/listen.ts';
import { manyCalls, me } from '../../scripts/shots/sample-replies.ts';

interface StandInRelay {
  url: string;
  /** From now on the first page of the history contains all 10,000 calls. */
  answerWhole(): void;
  stop(): Promise<void>;
}

const pageSize = 30;

/**
 * A relay that accepts any code and has 10,000 calls, with older ones behind a cursor. It answers at once, so that only the
 * extension is measured. A search returns the first calls whose number contains its digits.
 */
export async function startStandInRelay(pages: Record<string, string> = {}): Promise<StandInRelay> {
  let first = pageSize;
  const server = createServer((request, response) => {
    const html = pages[request.url ?? ''];
    response.setHeader('Content-Type', html ? typeOf(request.url) : 'application/json');
    const answer = html ? null : answerOf(request, first);
    response.statusCode = html || answer ? 200 : 404;
    response.end(html ?? JSON.stringify(answer ?? { error: { code: 'not_found', message: 'There is nothing here.' } }));
  });
  return {
    url: `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`,
    answerWhole() {
      first = manyCalls.length;
    },
    stop: () => close(server, 0),
  };
}

function typeOf(path = ''): string {
  return path.endsWith('.js') ? 'text/javascript' : 'text/html';
}

function answerOf({ method, url }: IncomingMessage, first: number): object | null {
  const { pathname, searchParams } = new URL(url ?? '', 'http://relay');
  const you = me('agent');
  if (method === 'POST' && pathname === '/v1/enrolments/redeem')
    return { token: 'x'.repeat(43), deviceId: you.device.id, agent: { id: you.agent.id, name: you.agent.name, role: 'agent' } };
  if (pathname === '/v1/me') return { ...you, serverTime: Date.now() };
  if (pathname !== '/v1/history') return null;
  return { ...historyOf(searchParams, first), placed: [], completeTo: Date.now() };
}

function historyOf(query: URLSearchParams, first: number) {
  const cursor = query.get('cursor');
  if (cursor !== null) {
    const from = Number(cursor);
    const older = manyCalls.slice(0, pageSize).map((call, index) => ({
      ...call,
      id: (from + index + 1).toString(16).padStart(32, '0'),
      startedAt: (manyCalls.at(-1)?.startedAt ?? 0) - (from - manyCalls.length + index) * 60_000,
    }));
    return { calls: older, nextCursor: String(from + pageSize) };
  }
  const digits = query.get('q')?.replace(/\D/g, '');
  if (digits === undefined) return { calls: manyCalls.slice(0, first), nextCursor: String(manyCalls.length) };
  const found = manyCalls.filter(({ peer }) => peer?.number.replace(/\D/g, '').includes(digits.replace(/^0/, '')));
  return { calls: found.slice(0, pageSize), nextCursor: null };
}
