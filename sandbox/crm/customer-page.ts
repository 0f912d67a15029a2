import { html } from 'hono/html';
import type { Customer } from './customer.ts';
import { type Html, layout } from './layout.ts';
import { formatDate, formatMoney, phoneTestId } from './number-cells.ts';
import { phoneCell } from './phone-cell.ts';

export function customerPage(customer: Customer): Html {
  const { id, name, company, city, phones, taxCode, debt, orderId, lastOrder, bankAccount, note } = customer;
  const facts: [label: string, testid: string, text: string][] = [
    ['Mã số thuế', 'card-tax', taxCode],
    ['Tài khoản', 'card-bank', bankAccount],
    ['Công nợ', 'card-debt', formatMoney(debt)],
    ['Đơn gần nhất', 'card-order', `${orderId}, ${formatDate(lastOrder)}`],
  ];
  return layout(
    '',
    name,
    html`<p class="summary">${company}, ${city}</p>
      <div class="columns">
        <section class="card">
          <h2>Liên hệ</h2>
          <dl>
            ${phones.map((phone, n) => html`<dt>Điện thoại ${n + 1}</dt><dd>${phoneCell(phone, phoneTestId(id, n))}</dd>`)}
            <dt>Tổng đài</dt><dd data-testid="card-hotline">1900 63 64 12</dd>
            ${facts.map(([label, testid, text]) => html`<dt>${label}</dt><dd data-testid="${testid}">${text}</dd>`)}
          </dl>
        </section>
        <section class="card">
          <h2>Ghi chú</h2>
          <p data-testid="card-note">${note}</p>
          <label for="note">Ghi chú mới</label>
          <textarea id="note" rows="4" data-testid="card-textarea">Hẹn gọi số 0912 000 111 lúc 9 giờ.</textarea>
          <div id="draft">Bản nháp</div>
          <div class="editor" contenteditable="true" role="textbox" aria-labelledby="draft" aria-multiline="true" data-testid="card-editor">
            Anh Bình nhờ gọi lại <b>0913 222 444</b> trước thứ Sáu.
          </div>
        </section>
      </div>
      <section class="card">
        <h2>Lịch sử làm việc</h2>
        <ol class="timeline">
          <li><time datetime="2026-03-05">05/03/2026</time> Khách báo số mới <span data-testid="card-timeline-phone">0389 456 123</span>.</li>
          <li><time datetime="2026-02-27">27/02/2026</time> Gửi báo giá <span data-testid="card-timeline-quote">BG-0912000222</span>.</li>
        </ol>
      </section>`,
  );
}
