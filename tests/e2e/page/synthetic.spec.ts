import { expect, test } from './harness.ts';

const events = [
  'pointerdown',
  'mousedown',
  'pointerup',
  'mouseup',
  'click',
  'dblclick',
  'auxclick',
  'touchstart',
  'touchend',
  'tap',
];
const keys = ['Enter', ' ', '.', ',', 'Escape'];
const others = ['focus', 'submit', 'command', 'beforetoggle', 'contextmenu'];

test('50 ways in which a script presses place no call', async ({ crm }) => {
  await crm.show('<p>0901234567</p>');
  await expect.poll(async () => (await crm.buttons()).length).toBe(1);
  await crm.settle(800);
  const [button] = await crm.buttons();
  const ways = await crm.page.evaluate(
    ({ x, y, events, keys, others }) => {
      const host = document.documentElement.lastElementChild as HTMLElement;
      const at = { bubbles: true, composed: true, cancelable: true, clientX: x, clientY: y, detail: 1, button: 0, buttons: 1 };
      const targets: [string, EventTarget][] = [
        ['the host', host],
        ['the document', document],
      ];
      const ways: [string, () => unknown][] = [];
      for (const [name, target] of targets) {
        for (const type of events) {
          ways.push([`${type} at ${name}`, () => target.dispatchEvent(new PointerEvent(type, at))]);
        }
        for (const key of keys) {
          const init = { key, code: key === ',' ? 'Comma' : 'Period', altKey: /[.,]/.test(key), bubbles: true, composed: true };
          ways.push([
            `${key} at ${name}`,
            () => ['keydown', 'keypress', 'keyup'].map((type) => target.dispatchEvent(new KeyboardEvent(type, init))),
          ]);
        }
        for (const type of others) ways.push([`${type} at ${name}`, () => target.dispatchEvent(new Event(type, at))]);
      }
      const copied = (type: string) => {
        const event = new MouseEvent(type, at);
        // A page script may redefine the property on its own event; our isolated world still sees the browser's value.
        Object.defineProperty(event, 'isTrusted', { value: true, configurable: true });
        return event;
      };
      const label = document.createElement('label');
      label.htmlFor = host.id = 'ours';
      document.body.append(label);
      ways.push(
        ['click()', () => host.click()],
        ['focus()', () => host.focus()],
        ['a label', () => label.click()],
        ['an event that says it is trusted', () => host.dispatchEvent(copied('click'))],
        [
          'an event made the old way',
          () => {
            const event = document.createEvent('MouseEvents');
            event.initEvent('click', true, true);
            return host.dispatchEvent(event);
          },
        ],
        ['the active element', () => (document.activeElement as HTMLElement).click()],
        ['what stands at the point', () => (document.elementFromPoint(x, y) as HTMLElement).click()],
        ['all that stands at the point', () => document.elementsFromPoint(x, y).map((one) => (one as HTMLElement).click?.())],
        ['a command', () => document.execCommand('insertText', false, '\n')],
        ['a copy of the host', () => (document.body.appendChild(host.cloneNode(true)) as HTMLElement).click()],
      );
      for (const [, way] of ways) {
        try {
          way();
        } catch (error) {
          // Some events cannot be constructed by a script at all.
          if (!(error instanceof DOMException) && !(error instanceof TypeError)) throw error;
        }
      }
      if (host.shadowRoot !== null || host.childNodes.length > 0) throw new Error('The root is open.');
      return ways.map(([name]) => name);
    },
    { ...button!, events, keys, others },
  );
  expect(new Set(ways).size).toBeGreaterThanOrEqual(50);
  await crm.settle(200);
  expect(await crm.calls()).toEqual([]);
});

test('50 clicks are 50 calls to the numbers shown', async ({ crm }) => {
  const written = Array.from({ length: 50 }, (_, at) => `09${12345600 + at}`);
  await crm.show(`<div style="columns:5">${written.map((one) => `<p style="margin:14px 0">${one}</p>`).join('')}</div>`);
  await expect.poll(async () => (await crm.buttons()).length).toBe(50);
  await crm.settle(900);
  for (const number of written) {
    const button = (await crm.buttons()).find(({ label }) => label === `Call ${number}`)!;
    await crm.page.mouse.click(button.x, button.y);
    await expect.poll(() => crm.calls()).toContain(`+84${number.slice(1)}`);
    // The bubble of the last call may lie over the next button.
    await crm.page.keyboard.press('Escape');
    await crm.settle(250);
  }
  expect(await crm.calls()).toEqual(written.map((number) => `+84${number.slice(1)}`));
});
