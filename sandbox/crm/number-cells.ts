import { customers } from './customers.ts';
import { traps } from './traps.ts';

interface NumberCell {
  page: string;
  testid: string;
  /** Visible text of the cell. */
  text: string;
  /** Numbers to dial, in reading order; empty for a trap. */
  dial: string[];
}

/** Test id of a customer's n-th number on the list and on the card. */
export function phoneTestId(customerId: number, index: number): string {
  return `phone-${customerId}-${index + 1}`;
}

/** Every cell of `/` that holds a number, with the expected numbers to dial. */
export const customerCells: NumberCell[] = customers.flatMap(({ id, phones }) =>
  phones.map(({ parts, dial }, index) => ({ page: '/', testid: phoneTestId(id, index), text: parts.join(''), dial })),
);

/** Cells with digits that must stay unmarked: the other columns of `/`, and all of `/deals` except its one number. */
export const trapCells: NumberCell[] = [
  ...customers.flatMap(({ id, taxCode, orderId, bankAccount, lastOrder }) => [
    { page: '/', testid: `tax-${id}`, text: `MST ${taxCode}`, dial: [] },
    { page: '/', testid: `order-${id}`, text: orderId, dial: [] },
    { page: '/', testid: `bank-${id}`, text: `STK ${bankAccount}`, dial: [] },
    { page: '/', testid: `date-${id}`, text: formatDate(lastOrder), dial: [] },
  ]),
  ...traps.map(({ id, text }) => ({ page: '/deals', testid: `trap-${id}`, text, dial: [] })),
];

/** The only number of `/deals`. */
export const dealsContact: NumberCell = { page: '/deals', testid: 'deal-contact', text: '0934 567 890', dial: ['+84934567890'] };

export function formatDate(iso: string): string {
  return iso.split('-').reverse().join('/');
}

export function formatMoney(dong: number): string {
  return `${dong.toLocaleString('vi-VN')} ₫`;
}
