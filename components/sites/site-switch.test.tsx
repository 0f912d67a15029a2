// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { succeed } from '../../utils/reply.ts';
import { chosenSitesItem } from '../../utils/storage.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { mount } from '../testing/mount.tsx';
import { SiteSwitch } from './site-switch.tsx';
import { createSiteSwitch } from './site-switch-store.ts';

const crm = 'https://crm.example.com';

it.each([
  ['on a first site', crm, false, [], 1],
  ['where it is on', crm, true, [], 0],
  ['to somebody who has it on elsewhere', crm, false, ['https://other.example'], 0],
  ['where there is nothing to switch', null, false, [], 0],
])('says what the switch is for %s', async (_, origin, enabled, chosen, times) => {
  await chosenSitesItem.setValue(chosen);
  const view = fakeView(fakeSend({ getActiveSite: succeed({ origin, enabled }) }).send);
  const model = createSiteSwitch(view);
  await model.refresh();
  await mount(view, <SiteSwitch model={model} />);
  expect(document.querySelectorAll('[data-testid=site-hint]')).toHaveLength(times);
});
