import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import { appPage } from './app-page.ts';
import { customerPage } from './customer-page.ts';
import { customers } from './customers.ts';
import { customersPage } from './customers-page.ts';
import { dealsPage } from './deals-page.ts';
import { leads } from './leads.ts';
import { searchPage } from './search-page.ts';

/** As strict as a careful CRM vendor's policy: nothing inline, nothing from other origins, no strings parsed as markup. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const assets = { 'style.css': 'text/css; charset=utf-8', 'app.js': 'text/javascript; charset=utf-8' };

export function createCrmApp() {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.header('content-security-policy', contentSecurityPolicy);
    c.header('x-content-type-options', 'nosniff');
    c.header('referrer-policy', 'same-origin');
  });
  app.get('/', (c) => c.html(customersPage(customers)));
  app.get('/customer/:id', (c) => {
    const customer = customers.find(({ id }) => String(id) === c.req.param('id'));
    return customer ? c.html(customerPage(customer)) : c.notFound();
  });
  app.get('/deals', (c) => c.html(dealsPage()));
  app.get('/app', (c) => c.html(appPage()));
  app.get('/search', (c) => c.html(searchPage(customers, c.req.query('q') ?? '')));
  app.get('/api/leads', (c) => c.json({ leads }));
  for (const [name, type] of Object.entries(assets)) {
    const text = readFileSync(join(import.meta.dirname, 'assets', name), 'utf8');
    app.get(`/assets/${name}`, (c) => c.body(text, 200, { 'content-type': type }));
  }
  app.notFound((c) => c.text('Không tìm thấy trang.', 404));
  return app;
}
