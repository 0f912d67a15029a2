import type { Page } from 'playwright-core';
import type { NumberFacts } from '../../relay/contract.ts';
import { failed, ok, sampleNow } from './sample-replies.ts';

/** One state of the card on a page. `facts`: the relay's answer; null: it is unreachable, absent: it has not answered yet. */
export interface CardScene {
  name: string;
  html: string;
  facts?: Partial<NumberFacts> | null;
  call?: unknown;
  isLive?: boolean;
  /** Where a call is that is heard of; by default both are talking. */
  stage?: 'talking' | 'ended';
  act: (page: Page) => Promise<void>;
}

const hour = 3_600_000;
const rows = (number: string) =>
  `<table><tr><th>Khách hàng</th><th>Điện thoại</th></tr><tr><td>Nguyễn Thị Lan</td><td><span id="number">${number}</span></td></tr>
   <tr><td>Trần Văn Minh</td><td>0987 001 122</td></tr><tr><td>Lê Phương Thảo</td><td>0903 334 455</td></tr></table>`;
const call = (id: string, ago: number, disposition: string, talkSeconds = 0) =>
  ({ id, startedAt: sampleNow - ago, direction: 'outbound', disposition, talkSeconds }) as NumberFacts['last'];
const known: Partial<NumberFacts> = {
  country: 'VN',
  class: 'mobile',
  week: { calls: 3, answered: 1 },
  last: call('b', 4 * hour, 'busy'),
  lastAnswered: call('r', 76 * hour, 'answered', 161),
};
const note = {
  text: 'Muốn xem bảng giá gói doanh nghiệp trước, gọi lại sau 15 giờ thứ Sáu. Người quyết định là anh Bình.',
  outcome: 'call_later' as const,
  version: 1,
  updatedAt: sampleNow - 76 * hour,
};

/** The relay's facts about a number: empty ones, replaced by the given ones. */
export const facts = (more: Partial<NumberFacts>): NumberFacts => ({
  number: '+84912345678',
  country: null,
  class: null,
  refusal: null,
  week: { calls: 0, answered: 0 },
  last: null,
  lastAnswered: null,
  note: null,
  ...more,
});

const onNumber = async (page: Page): Promise<void> => {
  const box = await page.locator('#number').boundingBox();
  if (!box) throw new Error('The number has no box.');
  await page.mouse.move(box.x + 14, box.y + box.height / 2);
  await page.mouse.move(box.x + 10, box.y + box.height / 2);
  await page.waitForTimeout(900);
};
/** Moves the focus with Tab from the number's button into the card, to its n-th control. */
const onControl =
  (index: number, text = '') =>
  async (page: Page) => {
    await page.keyboard.press('Alt+Period');
    await page.waitForTimeout(900);
    await page.keyboard.press('ArrowDown');
    for (let step = 0; step < index; step++) await page.keyboard.press('Tab');
    if (text) await page.keyboard.type(text);
    else if (index > 0) await page.keyboard.press('Enter');
  };
const pressed = async (page: Page): Promise<void> => {
  await page.keyboard.press('Alt+Period');
  await page.waitForTimeout(700);
  await page.keyboard.press('Enter');
};
const pressedTwice = async (page: Page): Promise<void> => {
  await pressed(page);
  await page.waitForTimeout(300);
  await page.keyboard.press('Enter');
};
const talking = async (page: Page): Promise<void> => {
  await pressed(page);
  await page.waitForTimeout(600);
  await page.keyboard.press('ArrowDown');
  await page.waitForTimeout(900);
};
const refusal = {
  code: 'outside_sales_hours',
  message: '',
  overridable: true,
  hours: [
    { from: '08:00', to: '11:30' },
    { from: '13:30', to: '17:00' },
  ],
};
const subject = '0b6f7a52-3c1e-4f0e-9d55-1f2f3a4b5c6d';
const newest = { text: '', outcome: 'no_answer' as const, version: 1, updatedAt: sampleNow - 60_000 };
const latest = { subject, at: sampleNow - 2 * 60_000, note: newest };
const rejected = (code: string) => ok({ state: 'rejected', reason: { code, message: code } });

export const cardScenes: CardScene[] = [
  { name: 'card', html: rows('0912 345 678'), facts: { ...known, note }, act: onNumber },
  { name: 'card-loading', html: rows('0912 345 678'), act: onNumber },
  {
    name: 'card-first',
    html: rows('028 3731 2345 ext 12'),
    facts: { number: '+842837312345', country: 'VN', class: 'fixed' },
    act: onNumber,
  },
  {
    name: 'card-just-called',
    html: rows('0912 345 678'),
    facts: { ...known, week: { calls: 4, answered: 1 }, placed: sampleNow - 2 * 60_000 },
    act: onNumber,
  },
  { name: 'card-renumbered', html: rows('0168 345 6789'), facts: { ...known, number: '+84383456789' }, act: onNumber },
  { name: 'card-abroad', html: rows('+1 415 555 0123'), facts: { number: '+14155550123', country: 'US' }, act: onNumber },
  { name: 'card-away', html: rows('0912 345 678'), facts: null, act: onNumber },
  {
    name: 'card-do-not-call',
    html: rows('0912 345 678'),
    facts: { ...known, refusal: { code: 'do_not_call', message: '', overridable: false } },
    act: onNumber,
  },
  {
    name: 'card-reason',
    html: rows('0912 345 678'),
    facts: { ...known, refusal },
    act: onControl(0, 'Khách hẹn gọi lại tối nay'),
  },
  {
    name: 'card-outcome',
    html: rows('0912 345 678'),
    facts: { ...known, note: newest, latest, placed: latest.at },
    act: onNumber,
  },
  { name: 'bubble-hours', html: rows('0912 345 678'), facts: { ...known, refusal }, call: failed(refusal.code), act: pressed },
  {
    name: 'bubble-ended',
    html: rows('0912 345 678'),
    call: ok({ state: 'accepted', reason: null }),
    isLive: true,
    stage: 'ended',
    act: pressed,
  },
  { name: 'card-hidden', html: rows('0912 345 678'), facts: known, act: onControl(2) },
  { name: 'card-leave', html: rows('0912 345 678'), facts: known, act: onControl(3) },
  { name: 'card-low', html: `<div style="height:330px"></div>${rows('0912 345 678')}`, facts: { ...known, note }, act: onNumber },
  {
    name: 'card-talking',
    html: rows('0912 345 678'),
    facts: { ...known, note },
    call: ok({ state: 'accepted', reason: null }),
    isLive: true,
    act: talking,
  },
  { name: 'bubble-ringing', html: rows('0912 345 678'), call: ok({ state: 'accepted', reason: null }), act: pressed },
  {
    name: 'bubble-talking',
    html: rows('0912 345 678'),
    call: ok({ state: 'accepted', reason: null }),
    isLive: true,
    act: pressed,
  },
  { name: 'bubble-asking', html: rows('0912 345 678'), call: ok({ state: 'unknown', reason: null }), act: pressedTwice },
  { name: 'bubble-offline', html: rows('0912 345 678'), call: rejected('device_offline'), act: pressed },
];
