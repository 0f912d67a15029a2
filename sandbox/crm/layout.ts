import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const sections = [
  ['/', 'Khách hàng'],
  ['/deals', 'Cơ hội'],
  ['/app', 'Telesales'],
  ['/search', 'Tìm kiếm'],
] as const;

/** A whole page: side navigation, heading, content. */
export function layout(path: string, title: string, content: Html, script = false): Html {
  return html`<!doctype html>
<html lang="vi">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${title} · Sông Thao CRM</title>
    <link rel="stylesheet" href="/assets/style.css" />
    <link rel="icon" href="data:," />
    ${script ? html`<script type="module" src="/assets/app.js"></script>` : ''}
  </head>
  <body>
    <aside class="side">
      <a class="brand" href="/"><span class="mark" aria-hidden="true">ST</span> Sông Thao CRM</a>
      <nav aria-label="Chính">
        ${sections.map(([href, name]) => html`<a href="${href}" ${href === path ? html`aria-current="page"` : ''}>${name}</a>`)}
      </nav>
      <p class="who">Mai Lan<br /><small>Nhóm bán hàng miền Bắc</small></p>
    </aside>
    <main>
      <header><h1>${title}</h1></header>
      ${content}
    </main>
  </body>
</html>`;
}
