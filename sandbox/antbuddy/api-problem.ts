/** Messages of the document's error table. */
type DocumentedMessage = 'APPID_NOT_FOUND' | 'APPID_MISSING' | 'HASH_NOT_MATCH' | 'METHOD_NOT_SUPPORT';

/**
 * A refused request. The document's error table covers authentication only, so input errors have messages of our own; clients
 * must not depend on those.
 */
export interface ApiProblem {
  status: 400 | 500 | 503;
  message: DocumentedMessage | 'INVALID_PARAMETER' | 'INVALID_CONTENT_TYPE' | 'TOO_MANY_REQUESTS' | 'INTERNAL_ERROR';
  /** What exactly was wrong, for the list of violations; never sent to the client. */
  detail: string;
}

export type Checked<T> = { ok: true; value: T } | { ok: false; problem: ApiProblem };

export const accept = <T>(value: T): Checked<T> => ({ ok: true, value });

export function refuse(message: ApiProblem['message'], detail: string): { ok: false; problem: ApiProblem } {
  return { ok: false, problem: { status: 400, message, detail } };
}

/** `{ success: false, message }` with the problem's status. */
export function problemResponse(problem: ApiProblem): Response {
  return Response.json({ success: false, message: problem.message }, { status: problem.status });
}
