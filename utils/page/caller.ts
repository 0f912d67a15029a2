/** What page code knows of placing calls; the extension's caller has this shape. */
export interface Caller {
  call(number: string, surface: 'page'): { key: string; settled: Promise<CallReply> };
}

export type CallReply =
  | { ok: true; value: { state: string; reason: { code: string; message: string } | null } }
  | { ok: false; error: { code: string; message: string } };
