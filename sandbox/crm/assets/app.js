/** @typedef {{ id: number, name: string, phone: string }} Lead */

const rowHeight = 36;
const lateMs = 700;
const shownLeads = 12;

/** @type {Lead[]} */
let leads = [];
let version = 0;

/** @param {string} testid */
function find(testid) {
  const found = document.querySelector(`[data-testid="${testid}"]`);
  if (!(found instanceof HTMLElement)) throw new Error(`The page has no ${testid}.`);
  return found;
}

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Replaces all rows by new ones, as many single-page applications do on any change. */
function renderLeads() {
  const rows = leads
    .slice(0, shownLeads)
    .map(({ id, name, phone }) =>
      make(
        'tr',
        { 'data-testid': `app-row-${id}` },
        make('td', {}, name),
        make('td', { class: 'phone', 'data-testid': `app-phone-${id}` }, phone),
      ),
    );
  find('app-leads').replaceChildren(...rows);
  version++;
  find('app-version').textContent = `Lần vẽ ${version}`;
}

/** A virtual list: reuses a few row elements and changes their text as the list scrolls. */
function virtualise() {
  const viewport = find('app-virtual');
  const canvas = viewport.firstElementChild;
  if (!(canvas instanceof HTMLElement)) return;
  canvas.style.height = `${leads.length * rowHeight}px`;
  const pool = Array.from({ length: Math.ceil(viewport.clientHeight / rowHeight) + 2 }, () => {
    const name = make('span', {});
    const phone = make('span', { class: 'phone' });
    const row = make('div', { class: 'row' }, name, phone);
    return { row, name, phone };
  });
  canvas.replaceChildren(...pool.map(({ row }) => row));
  const draw = () => {
    const first = Math.floor(viewport.scrollTop / rowHeight);
    pool.forEach(({ row, name, phone }, place) => {
      const index = first + place;
      const lead = leads[index];
      row.hidden = !lead;
      if (!lead) return;
      row.style.transform = `translateY(${index * rowHeight}px)`;
      name.textContent = lead.name;
      phone.textContent = lead.phone;
      phone.dataset.testid = `virtual-phone-${lead.id}`;
    });
  };
  viewport.onscroll = draw;
  draw();
}

class Hotline extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('p { margin: 0.5rem 0; } b { font-variant-numeric: tabular-nums; }');
    root.adoptedStyleSheets = [sheet];
    root.append(
      make('p', {}, 'Hỗ trợ kỹ thuật: ', make('b', { 'data-testid': 'widget-phone' }, '0243 999 8888')),
      make('p', {}, 'Mã phiên: ', make('b', { 'data-testid': 'widget-trap' }, '#0912888777')),
    );
  }
}
customElements.define('crm-hotline', Hotline);

for (const button of document.querySelectorAll('button[data-sort]')) {
  button.addEventListener('click', () => {
    const key = button.getAttribute('data-sort') === 'phone' ? 'phone' : 'name';
    leads = leads.toSorted((a, b) => a[key].localeCompare(b[key], 'vi'));
    renderLeads();
    virtualise();
  });
}
find('app-refresh').addEventListener('click', renderLeads);

// The text node stays and only its data changes: observers that watch only for added nodes miss this mutation.
setTimeout(() => {
  const text = find('app-late-phone').firstChild;
  if (text instanceof Text) text.data = '0967 345 678';
}, lateMs);

const answer = await fetch('/api/leads');
/** @type {{ leads: Lead[] }} */
const data = await answer.json();
leads = data.leads;
renderLeads();
virtualise();
