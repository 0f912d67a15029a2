import { html } from 'hono/html';
import { type Html, layout } from './layout.ts';
import { dealsContact } from './number-cells.ts';
import { traps } from './traps.ts';

export function dealsPage(): Html {
  return layout(
    '/deals',
    'Cơ hội',
    html`<p class="summary">Hợp đồng khung với Công ty TNHH Gốm Bát Tràng Xanh</p>
      <section class="card">
        <dl>${traps.map(({ id, label, text }) => html`<dt>${label}</dt><dd data-testid="trap-${id}">${text}</dd>`)}</dl>
        <pre data-testid="trap-log">2026-03-10 09:12:34.567 INFO phieu=0912345678 ma=0000912345678901</pre>
        <p>Liên hệ: <span class="phone" data-testid="${dealsContact.testid}">${dealsContact.text}</span> (chị Mai)</p>
      </section>`,
  );
}
