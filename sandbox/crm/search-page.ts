import { html } from 'hono/html';
import type { Customer } from './customer.ts';
import { type Html, layout } from './layout.ts';
import { phoneTestId } from './number-cells.ts';

/** Results highlight the query with `<mark>` elements, which split numbers. */
export function searchPage(customers: readonly Customer[], query: string): Html {
  const wanted = query.trim().toLowerCase();
  const found = wanted === '' ? [] : customers.filter((customer) => textOf(customer).toLowerCase().includes(wanted));
  return layout(
    '/search',
    'Tìm kiếm',
    html`<form class="search" action="/search" role="search">
        <input name="q" value="${query}" aria-label="Tên hoặc số điện thoại" placeholder="Tên hoặc số điện thoại" data-testid="search-input" />
        <button>Tìm</button>
      </form>
      <p class="summary" data-testid="search-count">${found.length} kết quả${query ? html` cho “${query}”` : ''}</p>
      <ul class="card results" data-testid="search-results">
        ${found.map(
          ({ id, name, phones }) => html`<li><a href="/customer/${id}">${marked(name, wanted)}</a>
            ${phones.map(({ parts }, n) => html` · <span class="phone" data-testid="${phoneTestId(id, n)}">${marked(parts.join(''), wanted)}</span>`)}</li>`,
        )}
      </ul>`,
  );
}

function textOf({ name, company, phones }: Customer): string {
  return [name, company, ...phones.map(({ parts }) => parts.join(''))].join('\n');
}

function marked(text: string, wanted: string): Html {
  const at = text.toLowerCase().indexOf(wanted);
  if (wanted === '' || at < 0) return html`${text}`;
  const end = at + wanted.length;
  return html`${text.slice(0, at)}<mark>${text.slice(at, end)}</mark>${text.slice(end)}`;
}
