import { html } from 'hono/html';
import { type Html, layout } from './layout.ts';

/** The static shell of the single-page application; `assets/app.js` fills it. */
export function appPage(): Html {
  return layout(
    '/app',
    'Telesales',
    html`<div class="toolbar">
        <button data-testid="app-sort-name" data-sort="name">Xếp theo tên</button>
        <button data-testid="app-sort-phone" data-sort="phone">Xếp theo số</button>
        <button data-testid="app-refresh">Làm mới</button>
        <output data-testid="app-version">Đang tải</output>
      </div>
      <div class="columns">
        <section class="card"><h2>Cần gọi hôm nay</h2><table><tbody data-testid="app-leads"></tbody></table></section>
        <section class="card">
          <h2>Khách đang chọn</h2>
          <p>Số liên hệ: <span class="phone" data-testid="app-late-phone">đang tra cứu…</span></p>
          <crm-hotline data-testid="app-widget"></crm-hotline>
          <h2>Tất cả đầu mối</h2>
          <div class="virtual" data-testid="app-virtual" tabindex="0" role="region" aria-label="Tất cả đầu mối"><div></div></div>
        </section>
      </div>`,
    true,
  );
}
