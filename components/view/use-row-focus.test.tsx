// @vitest-environment happy-dom
import { useState } from 'preact/hooks';
import { expect, it } from 'vitest';
import { fail, succeed } from '../../utils/reply.ts';
import { CountryList } from '../admin/country-list.tsx';
import LocksPanel from '../admin/locks-panel.tsx';
import { createAgents } from '../agents/agents-store.ts';
import type { DeviceDraft } from '../agents/device-drafts.ts';
import { DeviceList } from '../agents/device-list.tsx';
import { SipDeviceFields } from '../agents/sip-device-fields.tsx';
import { HiddenNumbers } from '../settings/hidden-numbers.tsx';
import { SiteList } from '../sites/site-list.tsx';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press } from '../testing/mount.tsx';
import { agentRecord } from '../testing/samples.ts';
import { useStore } from './use-store.ts';

function Countries() {
  const [countries, setCountries] = useState(['VN', 'LA', 'KH']);
  return <CountryList countries={countries} onCountries={setCountries} />;
}
function Devices() {
  const ids = [
    '00000000-0000-4000-8000-000000000001',
    '00000000-0000-4000-8000-000000000002',
    '00000000-0000-4000-8000-000000000003',
  ];
  const [devices, setDevices] = useState<DeviceDraft[]>(
    ids.map((id, at) => ({ id, name: `${at + 1}`, sipUser: '', sipPassword: '' })),
  );
  return (
    <SipDeviceFields
      devices={devices}
      withPassword={new Map()}
      theirs={[]}
      onDevices={setDevices}
      onTest={async () => fail('internal')}
    />
  );
}
const sites = ['https://one.example', 'https://two.example', 'https://three.example'];
const hidden = ['+84912345671', '+84912345672', '+84912345673'].map((number, at) => ({ number, text: `#${at + 1}` }));
const locks = ['Lan', 'Minh', 'Mai'].map((name) => ({ agentId: name, name, lockedAt: 0 }));

/** The rows left after each press. */
const shrinking = <Row,>(rows: Row[]) => [[...rows.slice(0, 1), ...rows.slice(2)], rows.slice(0, 1), []];
const answers = {
  listSites: [sites, ...shrinking(sites)].map((left) => succeed(left)),
  disableSite: succeed(null),
  listHiddenNumbers: succeed({ 'https://crm.example': hidden }),
  showNumberOn: shrinking(hidden).map((left) => succeed(left)),
  listLocks: [locks, ...shrinking(locks)].map((left) => succeed(left)),
  unlockAgent: succeed(null),
};

it.each([
  ['sites', () => <SiteList />, 'li', 'three.example', 'one.example'],
  ['hidden numbers', () => <HiddenNumbers region="VN" />, 'li', '#3', '#1'],
  ['countries', () => <Countries />, 'li', 'Cambodia', 'Vietnam'],
  ['locks', () => <LocksPanel onLocked={() => {}} />, 'li', 'Mai', 'Lan'],
  ['SIP devices', () => <Devices />, '.sip-device', '3', '1'],
])(
  'of %s the row that goes leaves the focus to the next one, the last to the one before, the only one to the box',
  async (...given) => {
    const [, list, row, next, first] = given;
    const { root } = await mount(fakeView(fakeSend(answers).send), list());
    const remove = async (at: number) => {
      const selector = `${row}:nth-of-type(${at}) button:last-of-type`;
      find(selector).focus();
      await press(selector);
    };
    const focused = () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent;
    await remove(2);
    expect(document.activeElement?.matches(row)).toBe(true);
    expect(focused()).toContain(next);
    await remove(2);
    expect(focused()).toContain(first);
    await remove(1);
    expect(root.firstElementChild === document.activeElement).toBe(true);
  },
);

it('of browsers stays in their list while one after the other is shut out', async () => {
  const browsers = ['Chrome', 'Edge', 'Firefox'].map((name) => ({ id: name, name, createdAt: 0, lastSeenAt: null }));
  const left = [browsers, ...shrinking(browsers)].map((devices) => succeed([agentRecord({ devices })]));
  const agents = createAgents(fakeSend({ listAgents: left, revokeDevice: succeed(null) }).send);
  await agents.load();
  function Browsers() {
    const [agent] = useStore(agents.store).agents ?? [];
    return agent && <DeviceList agent={agent} agents={agents} />;
  }
  await mount(fakeView(fakeSend({}).send), <Browsers />);
  const shutOut = async (at: number) => {
    await press(`li:nth-of-type(${at}) .button-danger`);
    find('.button-danger-solid').focus();
    await press('.button-danger-solid');
    return document.activeElement;
  };
  expect((await shutOut(2))?.textContent).toContain('Firefox');
  expect((await shutOut(2))?.textContent).toContain('Chrome');
  expect(await shutOut(1)).toBe(find('.devices'));
});

it('is in the device that was made the first, whose button for that is gone', async () => {
  await mount(fakeView(fakeSend({}).send), <Devices />);
  find('.sip-device:nth-of-type(3) .actions button').focus();
  await press('.sip-device:nth-of-type(3) .actions button');
  expect(document.activeElement).toBe(find('.sip-device'));
  expect(document.activeElement?.getAttribute('aria-label')).toBe('3');
});
