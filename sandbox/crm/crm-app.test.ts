import { Window } from 'happy-dom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from './crm-app.ts';
import { customers } from './customers.ts';
import { customerCells, dealsContact, trapCells } from './number-cells.ts';
import { type Crm, startCrm } from './start-crm.ts';

const { DOMParser } = new Window();
let crm: Crm;
beforeAll(async () => {
  crm = await startCrm();
});
afterAll(() => crm.stop());

const page = async (path: string) => (await fetch(crm.url + path)).text();
const documents = new Map<string, Promise<ReturnType<InstanceType<typeof DOMParser>['parseFromString']>>>();
const documentOf = (path: string) => {
  const parsed = documents.get(path) ?? page(path).then((html) => new DOMParser().parseFromString(html, 'text/html'));
  documents.set(path, parsed);
  return parsed;
};

describe('the sample CRM', () => {
  it.each([
    ['/', 'Khách hàng'],
    ['/customer/1', 'Nguyễn Thị Mai'],
    ['/deals', 'Cơ hội'],
    ['/app', 'Telesales'],
    ['/search?q=345', 'Tìm kiếm'],
  ])('%s answers in Vietnamese under its policy', async (path, title) => {
    const response = await fetch(crm.url + path);
    const html = await response.text();
    expect([response.status, response.headers.get('content-security-policy')]).toEqual([200, contentSecurityPolicy]);
    expect(html).toContain('<html lang="vi">');
    expect(html).toContain(`<h1>${title}</h1>`);
    expect(html).not.toMatch(/<script(?![^>]*src=)|style="|\son\w+="/);
  });

  it.each([...customerCells, dealsContact, ...trapCells].map((cell) => [cell.page, cell.testid, cell.text]))(
    '%s holds %s: %s',
    async (path, testid, text) => {
      const cell = (await documentOf(path)).querySelector(`[data-testid="${testid}"]`);
      expect(cell?.textContent).toBe(text);
    },
  );

  it('has numbers in many shapes, each with what it dials', () => {
    expect(customers.length).toBe(30);
    expect(customerCells.length).toBeGreaterThanOrEqual(33);
    for (const { dial } of customerCells) expect(dial.join()).toMatch(/^(\+\d{9,13}|1[89]00\d{4,6})(,\+\d{9,13})*$/);
  });

  it('has editable fields with numbers on a card', async () => {
    const html = await page('/customer/1');
    expect(html).toMatch(/<textarea[^>]*data-testid="card-textarea">[^<]*0912 000 111/);
    expect(html).toMatch(/contenteditable="true"[^>]*data-testid="card-editor">[^<]*<b>0913 222 444/);
  });

  it('finds by number, marking what was searched for, and escapes what was typed', async () => {
    expect(await page('/search?q=345')).toContain('0912 <mark>345</mark> 678');
    expect(await page('/search?q=<script>alert(1)</script>')).not.toContain('<script>alert');
  });

  it.each(['/customer/99', '/nowhere'])('%s is not there', async (path) =>
    expect((await fetch(crm.url + path)).status).toBe(404),
  );

  it.each([
    ['/assets/app.js', /javascript/],
    ['/assets/style.css', /css/],
    ['/api/leads', /json/],
  ])('serves %s', async (path, type) => {
    const response = await fetch(crm.url + path);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, expect.stringMatching(type)]);
  });
});
