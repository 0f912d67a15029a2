// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { firstEn } from '../../utils/i18n/first-en.ts';
import { fail, succeed } from '../../utils/reply.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press } from '../testing/mount.tsx';
import { companySettings } from '../testing/samples.ts';
import FirstSteps from './first-steps.tsx';

const CRM = 'https://crm.example.vn';
const relayUrl = 'https://relay.example.vn';
const steps = () => [...document.querySelectorAll('li')].map((step) => step.textContent?.replace(firstEn.first_done, ''));

it.each([
  ['nothing', {}, ['first_code', 'first_connect', 'first_call']],
  ['the relay', { relayUrl }, ['first_code_company', 'first_connect_company', 'first_call']],
  ['the sites', { sites: [CRM] }, ['first_code', 'first_connect', 'first_call_company']],
] as const)('leaves to the person what the company’s policy does not set: it sets %s', async (_, more, keys) => {
  const { send } = fakeSend({
    getCompany: succeed(companySettings({ ...more, sites: [...('sites' in more ? more.sites : [])] })),
  });
  await mount(fakeView(send), <FirstSteps done={0} />);
  expect(steps()).toEqual(keys.map((key) => firstEn[key]));
});

it('is there although the background cannot say', async () => {
  await mount(fakeView(fakeSend({ getCompany: fail('internal') }).send), <FirstSteps done={2} />);
  expect(steps()).toHaveLength(3);
});

it('allows all the company’s sites with one press, asked for in the press itself', async () => {
  const sites = [CRM, 'https://*'];
  const { send } = fakeSend({
    getCompany: [succeed(companySettings({ sites, awaitedSites: sites })), succeed(companySettings({ sites }))],
  });
  const requestHosts = vi.fn(async (_: string[]) => requestHosts.mock.calls.length > 1);
  await mount(fakeView(send, { requestHosts }), <FirstSteps done={2} />);
  const notice = () => document.querySelector('[data-testid=notice]');
  const named = (words: string) => words.replace('{sites}', `crm.example.vn, ${firstEn.company_all_sites}`);
  expect(notice()?.textContent).toContain(named(firstEn.company_sites));
  find('[data-testid=notice] button').click();
  expect(requestHosts).toHaveBeenCalledWith([`${CRM}/*`, 'https://*/*']);
  await vi.waitFor(() => expect(notice()?.textContent).toContain(named(firstEn.company_sites_refused)));
  await press('[data-testid=notice] button');
  expect(notice()).toBeNull();
});
