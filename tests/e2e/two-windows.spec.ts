import { type CDPSession, expect, test } from '@playwright/test';
import { type Company, openCompany } from './company.ts';

interface Extension {
  chrome: {
    windows: { getCurrent(): Promise<{ id: number }>; create(how: object): Promise<unknown> };
    tabs: {
      query(how: object): Promise<{ id: number; url?: string }[]>;
      update(id: number, change: object): Promise<unknown>;
    };
  };
}

let company: Company;
test.beforeAll(async () => {
  company = await openCompany();
});
test.afterAll(() => company?.close());

test('the side panel names the site of its own window, whichever window is used', async () => {
  const { popup, crm, stage } = company;
  const { host } = new URL(stage.crmUrl);
  const windowId = await popup.evaluate(async (url) => {
    const { tabs, windows } = (globalThis as unknown as Extension).chrome;
    const [tab] = (await tabs.query({})).filter((one) => one.url === url);
    if (tab) await tabs.update(tab.id, { active: true });
    return (await windows.getCurrent()).id;
  }, crm.url());
  const session = await company.browser.context.newCDPSession(popup);
  await session.send('Runtime.evaluate', {
    expression: `chrome.sidePanel.open({ windowId: ${windowId} })`,
    userGesture: true,
    awaitPromise: true,
  });
  const shown = await openPanel(session);
  await expect.poll(shown).toContain(host);
  await popup.evaluate(
    (url) => (globalThis as unknown as Extension).chrome.windows.create({ url, focused: true }),
    'about:blank?the other window',
  );
  // Focus makes the panel ask again; a request sent after that is answered later, so the panel has its answer by then.
  const askAnew = `dispatchEvent(new Event('focus'));
    await chrome.runtime.sendMessage({ id: 0, type: 'getActiveSite', timestamp: 0, data: {} });
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));`;
  expect(await shown(askAnew)).toContain(host);
});

/** Reads the side panel's site switch through CDP, because Playwright has no page for it; evaluates `first` there before. */
async function openPanel(session: CDPSession): Promise<(first?: string) => Promise<unknown>> {
  let targetId = '';
  await expect
    .poll(async () => {
      const { targetInfos } = await session.send('Target.getTargets');
      targetId = targetInfos.find(({ url }) => url.endsWith('/sidepanel.html'))?.targetId ?? '';
      return targetId;
    })
    .not.toBe('');
  const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: false });
  let asked = 0;
  return (first = '') => {
    asked += 1;
    const id = asked;
    const expression = `(async () => { ${first}; return document.querySelector('[data-testid=site-switch]')?.textContent; })()`;
    return new Promise((resolve) => {
      const onMessage = ({ message }: { message: string }) => {
        const answer = JSON.parse(message) as { id?: number; result?: { result?: { value?: unknown } } };
        if (answer.id !== id) return;
        session.off('Target.receivedMessageFromTarget', onMessage);
        resolve(answer.result?.result?.value ?? '');
      };
      session.on('Target.receivedMessageFromTarget', onMessage);
      void session.send('Target.sendMessageToTarget', {
        sessionId,
        message: JSON.stringify({
          id,
          method: 'Runtime.evaluate',
          params: { expression, awaitPromise: true, returnByValue: true },
        }),
      });
    });
  };
}
