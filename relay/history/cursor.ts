/** Position of the last call on a page, newest first. It stays valid while new calls are added before it. */
export interface Cursor {
  startedAt: number;
  id: string;
}

export function writeCursor({ startedAt, id }: Cursor): string {
  return Buffer.from(`${startedAt}.${id}`).toString('base64url');
}

/** Null for text that writeCursor did not write. */
export function readCursor(text: string): Cursor | null {
  const [, startedAt, id] =
    /^(\d{12,14})\.([0-9a-f]{32}|[0-9a-f-]{36})$/.exec(Buffer.from(text, 'base64url').toString('utf8')) ?? [];
  return startedAt && id ? { startedAt: Number(startedAt), id } : null;
}
