import { html } from 'hono/html';
import type { Customer } from './customer.ts';
import { type Html, layout } from './layout.ts';
import { formatDate, formatMoney, phoneTestId } from './number-cells.ts';
import { phoneCell } from './phone-cell.ts';

export function customersPage(customers: readonly Customer[]): Html {
  const total = customers.reduce((sum, { debt }) => sum + debt, 0);
  return layout(
    '/',
    'Khách hàng',
    html`<p class="summary">${customers.length} khách hàng · công nợ <span data-testid="trap-total">${formatMoney(total)}</span></p>
      ${customersTable(customers)}`,
  );
}

function customersTable(customers: readonly Customer[]): Html {
  return html`<div class="card scroll"><table data-testid="customers">
    <thead><tr>
      <th>Khách hàng</th><th>Điện thoại</th><th>Thuế, ngân hàng</th><th>Đơn gần nhất</th><th class="money">Công nợ</th>
    </tr></thead>
    <tbody>${customers.map(row)}</tbody>
  </table></div>`;
}

function row(customer: Customer): Html {
  const { id, name, company, city, phones, taxCode, orderId, lastOrder, debt, bankAccount } = customer;
  return html`<tr data-testid="customer-${id}">
    <td><a href="/customer/${id}">${name}</a><br /><small>${company}, ${city}</small></td>
    <td class="phones">${phones.map((phone, n) => html`<div>${phoneCell(phone, phoneTestId(id, n))}</div>`)}</td>
    <td><div data-testid="tax-${id}">MST ${taxCode}</div><div data-testid="bank-${id}">STK ${bankAccount}</div></td>
    <td><div data-testid="order-${id}">${orderId}</div><div data-testid="date-${id}">${formatDate(lastOrder)}</div></td>
    <td class="money" data-testid="debt-${id}">${formatMoney(debt)}</td>
  </tr>`;
}
