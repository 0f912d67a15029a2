/** The floor for any view: a search field without function and rows from a constant string, as a page and its script. */
export function staticRows(count: number): { html: string; script: string } {
  const row = (index: number) =>
    `<li class="call" data-testid="call-row"><p><b>09${String(10_000_000 + index)}</b> 14:0${index % 10}</p><p>Answered · 2:41</p></li>`;
  const rows = Array.from({ length: count }, (_, index) => row(index)).join('');
  return {
    html: `<!doctype html><meta charset="utf-8"><style>.call{display:grid;min-height:56px;padding:8px}p{margin:0}</style>
<input type="search" data-testid="search"><ul id="rows"></ul><script type="module" src="/rows.js"></script>`,
    script: `document.getElementById('rows').innerHTML = ${JSON.stringify(rows)};`,
  };
}
