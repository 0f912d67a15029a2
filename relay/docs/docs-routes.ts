import { Hono } from 'hono';
import { html } from 'hono/html';
import { errorTable } from '../contract.ts';
import type { Deps } from '../deps.ts';
import type { RelayEnv } from '../http/relay-env.ts';
import { describeApi, guardWords } from './openapi.ts';
import { operations } from './operations.ts';

/** /docs: the routes and error codes as a page without scripts, and as OpenAPI. */
export function docsRoutes({ config }: Pick<Deps, 'config'>): Hono<RelayEnv> {
  const routes = new Hono<RelayEnv>();
  const api = JSON.stringify(describeApi(operations, config.publicUrl));

  routes.get('/docs/openapi.json', (c) => c.body(api, 200, { 'Content-Type': 'application/json' }));

  routes.get('/docs', (c) => {
    c.header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    return c.html(html`<!doctype html>
      <html lang="en">
        <meta charset="utf-8" />
        <title>Dialside relay</title>
        <style>
          body { font: 16px/1.5 system-ui; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
          td, th { text-align: left; vertical-align: top; padding: 0.25rem 1rem 0.25rem 0; }
        </style>
        <h1>Dialside relay</h1>
        <p>Requests and answers in full: <a href="/docs/openapi.json">OpenAPI</a>.</p>
        <table>
          <tr><th>Address</th><th>For</th><th>What it does</th></tr>
          ${operations.map(({ route, guard, summary }) => html`<tr><td><code>${route}</code></td><td>${guardWords[guard]}</td><td>${summary}</td></tr>`)}
        </table>
        <h2>Refusals</h2>
        <table>
          <tr><th>Code</th><th>Status</th><th>Meaning</th></tr>
          ${Object.entries(errorTable).map(([code, [status, message]]) => html`<tr><td><code>${code}</code></td><td>${status}</td><td>${message}</td></tr>`)}
        </table>
      </html>`);
  });

  return routes;
}
