/** Kept where a second run of the page script in the same document finds it. */
declare global {
  var dialsidePage: AbortController | undefined;
}

/** Stops an earlier run of the page script in this document; the controller stops this one. */
export function takeOver(): AbortController {
  globalThis.dialsidePage?.abort();
  globalThis.dialsidePage = new AbortController();
  return globalThis.dialsidePage;
}
