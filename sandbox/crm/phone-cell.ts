import { html } from 'hono/html';
import type { PhoneText } from './customer.ts';
import type { Html } from './layout.ts';

/** A number printed as its record says: plain, as a link, or split over inline elements. */
export function phoneCell({ parts, tel }: PhoneText, testid: string): Html {
  const text =
    parts.length === 1
      ? html`${parts[0]}`
      : html`${parts.map((part, n) => (n % 2 ? html`<span>${part}</span>` : html`<b>${part}</b>`))}`;
  if (tel) return html`<a class="phone" data-testid="${testid}" href="tel:${tel}">${text}</a>`;
  return html`<span class="phone" data-testid="${testid}">${text}</span>`;
}
