import { expect, it } from 'vitest';
import { crmSearchUrl, isCrmTemplate } from './crm-link.ts';

const number = '+84901234567';
const rows: [template: string, url: string | null][] = [
  ['https://crm.example/s?q={number}', 'https://crm.example/s?q=%2B84901234567'],
  ['https://crm.example/s?q={national}', 'https://crm.example/s?q=0901234567'],
  ['http://crm.local:8080/#/find/{national}', 'http://crm.local:8080/#/find/0901234567'],
  ['https://crm.example/{number}/x?n={national}', 'https://crm.example/%2B84901234567/x?n=0901234567'],
  ['', null],
  ['https://crm.example/', null],
  ['https://{number}.example/', null],
  ['https://crm.example{national}/x', null],
  ['https://{national}@crm.example/{number}', null],
  ['https://a:b@crm.example/{number}', null],
  ['javascript:alert({number})', null],
  ['data:text/html,{number}', null],
  ['file:///etc/{number}', null],
  ['crm.example/{number}', null],
  ['https://crm.example/{name}', null],
  ['https:\\\\evil.example\\{number}', null],
];
it.each(rows)('%s', (template, url) => {
  expect([crmSearchUrl(template, number, 'VN'), isCrmTemplate(template)]).toEqual([url, url !== null]);
});

it('takes service lines as they are dialled', () => {
  expect(crmSearchUrl('https://c.example/?q={national}', '19001234', 'VN')).toBe('https://c.example/?q=19001234');
});

it.each([
  ['who keeps the number back', 'anonymous'],
  ['whose number is masked', '0912***678'],
  ['who is a colleague', 'mailan'],
  ['whose number is anything else', 'a&b=/../?'],
])('looks for nobody %s', (_, peer) => {
  expect(crmSearchUrl('https://c.example/?q={number}', peer, 'VN')).toBeNull();
});

it('takes only placeholders that will be filled in', () => {
  expect(isCrmTemplate('HTTPS://crm.example/?q={number}')).toBe(true);
  expect(isCrmTemplate('https://crm.example/?q={Number}')).toBe(false);
});
