import type { Page } from '@playwright/test';
import {
  activeSite,
  agents,
  asked,
  audit,
  caller,
  calls,
  clickedCalls,
  enrolment,
  failed,
  hiddenNumbers,
  live,
  locks,
  manyCalls,
  manyLive,
  missed,
  notes,
  ok,
  page,
  placedCalls,
  placedOffline,
  policy,
  recording,
  report,
  sampleNow,
  session,
  settings,
  severalDevices,
  talkingTo,
  unlisted,
} from './sample-replies.ts';
import type { StandIn } from './stand-in-browser.ts';

/**
 * One state of one view: the background's replies (no entry: it never answers; a list: one answer after the other) and the input
 * made before the screenshot.
 */
export interface Scene {
  name: string;
  document: 'popup' | 'sidepanel' | 'options';
  replies: Record<string, unknown>;
  stored?: StandIn['stored'];
  act?: (view: Page) => Promise<void>;
}

const connected = (role?: 'agent' | 'admin', more?: object) => ({
  getSession: session(role, more),
  refreshSession: session(role, more),
});
const company = (more: object = {}) =>
  ok({ relayUrl: null, sites: [], awaitedSites: [], crmSearchLocked: false, faults: [], ...more });
const companySites = ['https://crm.example.vn', 'https://sales.example.vn'];
const list = {
  ...connected(),
  getCompany: company(),
  getActiveSite: activeSite(true),
  listHistory: page(),
  getMissed: missed,
  openRecording: ok({ url: recording, expiresAt: 0 }),
};
const liveCalls = {
  session: { live, missed: { relayUrl: live.relayUrl, count: 3, ids: [], inVain: true, completeTo: 0 } },
  local: { agentSettings: settings },
};
const writeNote = async (view: Page) => {
  await view.getByTestId('note').first().click();
  await view.getByTestId('note-text').fill('Hẹn gọi lại thứ Hai, hỏi chị Hương');
};
const remembered = {
  local: { session: session().value },
  session: { firstPage: { relayUrl: 'https://dialside.example.com', page: page().value } },
};
/** The person refuses every permission request. */
const refusePermissions = (view: Page) =>
  view.evaluate(() => {
    const { browser } = globalThis as unknown as { browser: { permissions: { request(): Promise<boolean> } } };
    browser.permissions.request = async () => false;
  });
const upstream = (state: string) => connected('agent', { upstream: { state, checkedAt: sampleNow } });
const awaited = { ...calls[0], id: 'f'.repeat(32), startedAt: sampleNow - 6 * 60_000, hasRecording: false, note: null };
const play = (view: Page) => view.getByTestId('play-recording').first().click();
/** A recording under a URL like the relay's; its download never completes, or is refused. */
const recordingAddress = 'http://extension.test/recording?ticket=t';
const serveRecording = (view: Page, file: 'stays' | 'refused') =>
  view.route('http://extension.test/recording**', (route) => {
    if (!route.request().url().includes('download=1'))
      return route.fulfill({ body: Buffer.from(recording.split(',')[1] ?? '', 'base64'), contentType: 'audio/wav' });
    const error = { code: 'download_not_allowed', message: '' };
    return file === 'refused' ? route.fulfill({ status: 403, json: { error } }) : undefined;
  });
const type = async (view: Page, text: string) => {
  await view.getByTestId('dial-open').click();
  await view.getByTestId('dial-input').fill(text);
  await view.keyboard.press('Enter');
};
const options = {
  ...connected(),
  getCompany: company(),
  listSites: ok(['https://crm.example.com', 'https://sales.example.vn']),
  getAgentSettings: ok(settings),
  listHiddenNumbers: hiddenNumbers,
};
const admin = {
  ...options,
  ...connected('admin'),
  listAgents: ok(agents),
  createEnrolment: enrolment,
  getPolicy: policy(),
  listAskedNotToCall: ok([]),
  listLocks: locks,
  readReport: report(),
  readAudit: audit,
};

const code = { relayUrl: 'dialside.example.com', code: 'ABCDE-12345' };
const fillCode = async (view: Page) => {
  for (const [name, value] of Object.entries(code)) await view.locator(`[name=${name}]`).fill(value);
  await view.locator('[name=connect]').click();
};
const changedMeanwhile = agents.map((agent, index) =>
  index === 0
    ? { ...agent, sipDevices: agent.sipDevices.map((device) => ({ ...device, sipUser: '140-lan' })), version: 4 }
    : agent,
);
const connectedMeanwhile = agents.map((agent, index) => ({
  ...agent,
  devices: [...agent.devices, { id: `new-${index}`, name: 'Firefox, Windows', createdAt: sampleNow, lastSeenAt: null }],
}));
const row = (view: Page, index: number) => view.getByTestId('agent-row').nth(index);
const importText = [
  'Name\tUsername\tDevice name\tSIP user\tSIP password\tRole\tEmail',
  'Hồ Ngọc Hà\tha.ho\t\t120-ha\ts3cret\t\t',
  'Hồ Ngọc Hà\tha.ho\t\t220-ha\ts3cret\t\t',
  '\tno.name\t\t121\tx\t\t',
  'Trần Văn Minh\tagent2.cskh\t\t102-minh\tnew\tadmin\t',
  'Đặng Thu Hương\t\t\t155-huong\t\t\t',
  'Võ Minh Khôi\t\tDi động\t206-khoi\tnew\t\t',
  'Bùi Gia Hân\tagent7.cskh\t\t\tnew\t\t',
].join('\n');

const placeOf = ({ peer, startedAt }: (typeof calls)[number], index: number) => ({
  key: String(index),
  number: peer.number,
  placedAt: startedAt,
  url: 'https://crm.example.com/deals/7',
});
const placeOfPlaced = ({ key, number, createdAt }: (typeof placedCalls)[number]) => ({
  key,
  number,
  placedAt: createdAt,
  url: 'https://crm.example.com/deals/7',
});
const forgotten = report().value.lines.map((line) => ({ ...line, answered: null, talkSeconds: null }));
const earlier = (call: { createdAt: number }) => ({ ...call, createdAt: call.createdAt - 20 * 60_000 });

export const scenes: Scene[] = [
  { name: 'list', document: 'popup', replies: list },
  { name: 'placed', document: 'popup', replies: { ...list, listHistory: page({ placed: placedCalls }) } },
  {
    name: 'devices',
    document: 'popup',
    replies: { ...list, ...connected('agent', severalDevices), listHistory: page({ placed: placedOffline }) },
    act: async (view) => {
      await view.getByTestId('dial-open').click();
      await view.getByTestId('ring-device').waitFor();
    },
  },
  {
    name: 'override',
    document: 'popup',
    replies: { ...list, placeCall: failed('outside_sales_hours'), getNumberPast: ok({ refusal: { overridable: true } }) },
    act: async (view) => {
      await type(view, '0912 345 678');
      await view.getByTestId('override-reason').fill('Khách hẹn gọi giờ này');
    },
  },
  {
    name: 'placed-now',
    document: 'popup',
    replies: { ...list, placeCall: failed('device_offline') },
    act: async (view) => {
      await view.getByTestId('call-row').first().waitFor();
      await view.evaluate(() => scrollTo(0, 900));
      await view.getByTestId('call-back').nth(8).press('Enter');
      await view.getByTestId('placed-now').waitFor();
    },
  },
  {
    name: 'placed-live',
    document: 'popup',
    replies: { ...list, listHistory: page({ placed: placedCalls.slice(1, 2) }) },
    stored: { session: { live: talkingTo(placedCalls[1]?.number ?? '') } },
  },
  {
    name: 'player',
    document: 'popup',
    replies: list,
    stored: { local: { session: session().value } },
    act: async (view) => {
      await play(view);
      await view.getByTestId('waveform').waitFor();
      await view.getByTestId('player-seek').fill('14');
      await view.getByTestId('player-toggle').click();
    },
  },
  {
    name: 'player-download',
    document: 'popup',
    replies: { ...list, openRecording: ok({ url: recordingAddress, expiresAt: 0 }) },
    stored: { local: { session: session().value } },
    act: async (view) => {
      await serveRecording(view, 'stays');
      await play(view);
      await view.getByTestId('waveform').waitFor();
      await view.getByTestId('player-download').click();
    },
  },
  {
    name: 'player-download-refused',
    document: 'sidepanel',
    replies: { ...list, openRecording: ok({ url: recordingAddress, expiresAt: 0 }), refreshSession: session() },
    stored: { local: { session: session().value } },
    act: async (view) => {
      await serveRecording(view, 'refused');
      await play(view);
      await view.getByTestId('waveform').waitFor();
      await view.getByTestId('player-download').click();
      await view.getByTestId('download-line').getByRole('alert').waitFor();
    },
  },
  { name: 'player-not-yet', document: 'popup', replies: { ...list, openRecording: failed('recording_missing') }, act: play },
  {
    name: 'player-removed',
    document: 'popup',
    replies: { ...list, openRecording: failed('recording_missing') },
    act: (view) => view.getByTestId('play-recording').last().click(),
  },
  {
    name: 'missed-offer',
    document: 'popup',
    replies: list,
    stored: {
      session: { missed: liveCalls.session.missed },
      local: { agentSettings: { ...settings, notifyMissed: false } },
    },
    act: (view) => view.getByTestId('missed-offer').waitFor(),
  },
  { name: 'live', document: 'popup', replies: { ...list, getCaller: caller }, stored: liveCalls },
  { name: 'live-many', document: 'popup', replies: { ...list, getCaller: caller }, stored: { session: { live: manyLive } } },
  {
    name: 'live-waiting',
    document: 'popup',
    replies: { ...list, listHistory: page({ calls: calls.slice(0, 3) }), getCaller: caller },
    stored: { session: { live: { ...live, link: 'waiting', signals: false } } },
  },
  {
    name: 'live-off',
    document: 'sidepanel',
    replies: { ...list, listHistory: page({ calls: calls.slice(0, 3) }) },
    stored: { session: { live: { ...live, signals: false, calls: [] } } },
  },
  { name: 'note', document: 'popup', replies: list, act: writeNote },
  {
    name: 'note-kept',
    document: 'popup',
    replies: { ...list, saveNote: failed('relay_unreachable') },
    act: async (view) => {
      await writeNote(view);
      await view.getByTestId('search').focus();
    },
  },
  {
    name: 'note-refused',
    document: 'popup',
    replies: { ...list, saveNote: failed('call_not_found') },
    act: async (view) => {
      await writeNote(view);
      await view.getByTestId('search').focus();
    },
  },
  {
    name: 'note-conflict',
    document: 'popup',
    replies: { ...list, saveNote: failed('version_conflict'), getNote: ok({ ...notes[3], version: 2 }) },
    act: async (view) => {
      await writeNote(view);
      await view.getByTestId('search').focus();
      await view.getByTestId('note-conflict').waitFor();
    },
  },
  {
    name: 'player-note',
    document: 'sidepanel',
    replies: list,
    act: async (view) => {
      await play(view);
      await view.getByTestId('waveform').waitFor();
      await view.getByTestId('player-seek').fill('38');
      await view.getByTestId('player-toggle').click();
      await view.getByTestId('player-note-at').click();
      await view.getByTestId('note-text').waitFor();
    },
  },
  {
    name: 'note-unsaved',
    document: 'popup',
    replies: { ...list, saveNote: failed('relay_unreachable') },
    act: async (view) => {
      await writeNote(view);
      await view.keyboard.press('Escape');
      await view.getByTestId('note-unsaved').waitFor();
    },
  },
  {
    name: 'keys',
    document: 'popup',
    replies: list,
    act: async (view) => {
      await view.getByTestId('keys-open-help').click();
      await view.getByTestId('keys-open').waitFor();
    },
  },
  {
    name: 'call-pages',
    document: 'popup',
    replies: { ...list, listHistory: page({ placed: placedCalls.slice(1, 3) }) },
    stored: { session: { callPlaces: [...calls.map(placeOf), ...placedCalls.map(placeOfPlaced)] } },
    act: (view) => view.getByTestId('call-page').first().waitFor(),
  },
  {
    name: 'told-later',
    document: 'popup',
    replies: list,
    stored: { session: { toldCalls: [...placedOffline, ...placedCalls.slice(3)].map(earlier) } },
    act: (view) => view.getByTestId('placed-row').first().waitFor(),
  },
  { name: 'remembered', document: 'popup', replies: {}, stored: remembered },
  { name: 'todo', document: 'popup', replies: list, act: (view) => view.getByTestId('filter-todo').click() },
  {
    name: 'todo-more',
    document: 'popup',
    replies: { ...list, getMissed: [ok({ ...(missed.value as object), count: 140 }), { never: true }] },
    act: async (view) => {
      await view.getByTestId('filter-todo').click();
      await view.getByTestId('queue-shown').waitFor();
    },
  },
  {
    name: 'todo-empty',
    document: 'popup',
    replies: { ...list, getMissed: ok({ ...(missed.value as object), count: 0, calls: [] }) },
    act: (view) => view.getByTestId('filter-todo').click(),
  },
  {
    name: 'dates',
    document: 'popup',
    replies: list,
    act: async (view) => {
      await view.getByTestId('range').selectOption('custom');
      await view.getByTestId('range-from').fill('2026-07-01');
      await view.getByTestId('range-to').fill('2026-07-02');
    },
  },
  {
    name: 'outcome',
    document: 'popup',
    replies: { ...list, listHistory: [page(), failed('relay_unreachable')] },
    act: async (view) => {
      await view.getByTestId('call-row').first().waitFor();
      await view.getByTestId('filter-outcome').selectOption('call_later');
    },
  },
  { name: 'dial', document: 'popup', replies: list, act: (view) => type(view, '0168 345 6789 ext 12') },
  { name: 'dial-refused', document: 'popup', replies: list, act: (view) => type(view, '0912 345 67') },
  {
    name: 'export',
    document: 'popup',
    // The second page of the export never arrives.
    replies: { ...list, listHistory: [page(), page({ nextCursor: 'next' }), ...Array(3).fill({ never: true })] },
    act: (view) => view.getByTestId('export').click(),
  },
  {
    name: 'export-saved',
    document: 'popup',
    replies: list,
    act: async (view) => {
      await view.getByTestId('export').click();
      await view.locator('.export-saved').waitFor();
    },
  },
  {
    name: 'export-failed',
    document: 'popup',
    replies: { ...list, listHistory: [page(), failed('relay_unreachable')] },
    act: async (view) => {
      await view.getByTestId('call-row').first().waitFor();
      await view.getByTestId('export').click();
      await view.locator('.export-failed').waitFor();
    },
  },
  {
    name: 'many',
    document: 'sidepanel',
    replies: { ...list, listHistory: page({ calls: manyCalls, nextCursor: 'next' }) },
    act: async (view) => {
      await view.getByTestId('call-row').first().waitFor();
      await view.evaluate(() => scrollTo(0, 200_000));
    },
  },
  { name: 'loading', document: 'popup', replies: { ...connected(), getActiveSite: activeSite(false) } },
  {
    name: 'empty',
    document: 'popup',
    replies: { ...list, getActiveSite: ok({ origin: null, enabled: false }), listHistory: page({ calls: [] }) },
  },
  {
    name: 'found-by-note',
    document: 'popup',
    replies: { ...list, listHistory: [page(), page({ calls: unlisted })] },
    act: async (view) => {
      await view.getByTestId('search').fill('15 giờ');
      await view.getByText('Gọi chị lúc 15 giờ').first().waitFor();
    },
  },
  {
    name: 'none-match',
    document: 'popup',
    replies: { ...list, listHistory: page({ calls: [] }) },
    act: async (view) => {
      await view.getByTestId('search').fill('0912 888 999');
      await view.getByTestId('call-found').waitFor();
    },
  },
  {
    name: 'error',
    document: 'popup',
    replies: { ...list, refreshSession: failed('relay_unreachable'), listHistory: failed('relay_unreachable') },
  },
  { name: 'upstream-busy', document: 'popup', replies: { ...list, ...upstream('busy') } },
  { name: 'upstream-unreachable', document: 'popup', replies: { ...list, ...upstream('unreachable') } },
  { name: 'upstream-refused', document: 'popup', replies: { ...list, ...upstream('refused') } },
  { name: 'awaited', document: 'popup', replies: { ...list, listHistory: page({ calls: [awaited, ...calls.slice(1)] }) } },
  { name: 'site-first', document: 'popup', replies: { ...list, getActiveSite: activeSite(false) } },
  {
    name: 'site-refused',
    document: 'popup',
    replies: { ...list, getActiveSite: activeSite(false) },
    act: async (view) => {
      await refusePermissions(view);
      await view.getByTestId('site-switch').getByRole('switch').click();
      await view.getByTestId('site-switch').getByRole('alert').waitFor();
    },
  },
  {
    name: 'not-mapped',
    document: 'popup',
    replies: {
      ...list,
      ...connected('agent', { agent: { id: '', name: 'Lan', role: 'agent', sipUser: null, sipDevices: [], mapped: false } }),
    },
  },
  { name: 'popup-revoked', document: 'popup', replies: { ...list, refreshSession: failed('device_revoked') } },
  { name: 'popup-not-permitted', document: 'popup', replies: { ...list, refreshSession: failed('relay_permission_missing') } },
  { name: 'not-connected', document: 'popup', replies: { ...list, getSession: ok({ connected: false }) } },
  {
    name: 'company-sites',
    document: 'popup',
    replies: {
      ...list,
      listHistory: page({ calls: [] }),
      getCompany: company({ relayUrl: 'https://dialside.example.com', sites: companySites, awaitedSites: companySites }),
    },
    act: (view) => view.getByTestId('notice').waitFor(),
  },
  { name: 'sidepanel', document: 'sidepanel', replies: list },

  { name: 'connect', document: 'options', replies: { ...options, getSession: ok({ connected: false }), listSites: ok([]) } },
  {
    name: 'connect-company',
    document: 'options',
    replies: {
      ...options,
      getSession: ok({ connected: false }),
      listSites: ok([]),
      getAgentSettings: ok({ ...settings, crmSearch: 'https://crm.example.vn/search?q={number}' }),
      getCompany: company({
        relayUrl: 'https://dialside.example.com',
        sites: companySites,
        awaitedSites: companySites,
        crmSearchLocked: true,
        faults: ['sites: crm.example.vn'],
      }),
    },
  },
  {
    name: 'connect-passphrase',
    document: 'options',
    replies: { ...options, getSession: ok({ connected: false }), connect: failed('passphrase_required') },
    act: fillCode,
  },
  {
    name: 'connect-refused',
    document: 'options',
    replies: { ...options, getSession: ok({ connected: false }), connect: failed('code_invalid') },
    act: fillCode,
  },
  {
    name: 'agent',
    document: 'options',
    replies: {
      ...options,
      listHiddenNumbers: ok({ 'https://crm.example.com': [{ number: '+84381000123', text: '0381000123' }] }),
    },
  },
  {
    name: 'agent-devices',
    document: 'options',
    replies: {
      ...options,
      ...connected('agent', severalDevices),
      getCompany: company({ sites: companySites, awaitedSites: companySites }),
    },
    act: async (view) => void (await view.getByTestId('ring-device').selectOption({ index: 1 })),
  },
  {
    name: 'settings-refused',
    document: 'options',
    replies: {
      ...options,
      getAgentSettings: ok({ ...settings, notifyMissed: false }),
      setAgentSettings: failed('crm_template_invalid'),
    },
    act: async (view) => {
      await refusePermissions(view);
      await view.getByTestId('call-settings').getByRole('switch').nth(1).click();
      await view.getByTestId('call-settings').locator('.notice').waitFor();
      await view.locator('[name=crmSearch]').fill('https://crm.example.com/search');
      await view.getByTestId('crm-search').locator('[type=submit]').click();
      await view.getByTestId('connected').locator('.button-danger').click();
    },
  },
  { name: 'revoked', document: 'options', replies: { ...options, refreshSession: failed('device_revoked') } },
  {
    name: 'revoked-refused',
    document: 'options',
    replies: { ...options, refreshSession: failed('device_revoked'), connect: failed('code_invalid') },
    act: async (view) => {
      await view.locator('[name=code]').fill('ABCDE-12345');
      await view.locator('[name=connect]').click();
    },
  },
  { name: 'not-permitted', document: 'options', replies: { ...options, refreshSession: failed('relay_permission_missing') } },
  {
    name: 'no-signals',
    document: 'options',
    replies: { ...options, getAgentSettings: ok({ ...settings, notifyIncoming: true }) },
    stored: { session: { live: { ...live, signals: false, calls: [], neverAt: 0 } } },
  },
  { name: 'admin', document: 'options', replies: admin },
  {
    name: 'admin-quiet',
    document: 'options',
    replies: { ...admin, listLocks: ok([]), readReport: report({ lines: [] }), readAudit: ok({ lines: [], nextBefore: null }) },
  },
  {
    name: 'admin-failed',
    document: 'options',
    replies: {
      ...admin,
      listLocks: failed('relay_unreachable'),
      readReport: failed('relay_unreachable'),
      readAudit: failed('relay_unreachable'),
    },
  },
  { name: 'admin-code', document: 'options', replies: admin, act: (view) => row(view, 1).getByRole('button').nth(1).click() },
  {
    name: 'admin-codes',
    document: 'options',
    replies: admin,
    act: async (view) => {
      for (const index of [1, 2]) await row(view, index).getByRole('button').nth(1).click();
      await view.getByTestId('enrolment-code').nth(1).waitFor();
    },
  },
  {
    name: 'admin-code-used',
    document: 'options',
    replies: { ...admin, listAgents: [ok(agents), ok(connectedMeanwhile)] },
    act: async (view) => {
      await row(view, 1).getByRole('button').nth(1).click();
      await view.getByTestId('enrolment-code').waitFor();
      await view.evaluate(() => dispatchEvent(new Event('focus')));
      await view.getByTestId('code-used').waitFor();
    },
  },
  {
    name: 'admin-unsaved',
    document: 'options',
    replies: admin,
    act: async (view) => {
      const edit = (index: number) => row(view, index).getByRole('button').first().click();
      for (const index of [0, 1]) {
        await edit(index);
        const name = row(view, index).getByTestId('agent-editor').locator('[name=name]');
        await name.fill(`${await name.inputValue()} Anh`);
      }
      await edit(0);
    },
  },
  {
    name: 'admin-edit',
    document: 'options',
    replies: { ...admin, changeAgent: failed('version_conflict'), listAgents: [ok(agents), ok(changedMeanwhile)] },
    act: async (view) => {
      await view.getByTestId('agent-row').filter({ hasText: 'Lan' }).getByRole('button').first().click();
      const editor = view.getByTestId('agent-editor');
      await editor.locator('[name=sipUser]').fill('150-lan');
      await editor.locator('button[type=submit]').click();
    },
  },
  {
    name: 'admin-devices',
    document: 'options',
    replies: admin,
    act: async (view) => {
      await view.getByTestId('agent-row').filter({ hasText: 'Máy bàn' }).getByRole('button').first().click();
      await view.getByTestId('sip-device-add').click();
    },
  },
  {
    name: 'admin-step-up',
    document: 'options',
    replies: { ...admin, createAgent: failed('step_up_required'), stepUp: failed('passphrase_wrong') },
    act: async (view) => {
      await view.getByTestId('quick-add').locator('[name=name]').fill('Hồ Ngọc Hà');
      await view.keyboard.press('Enter');
      await view.getByTestId('step-up').locator('input').fill('not the one');
      await view.keyboard.press('Enter');
    },
  },
  {
    name: 'admin-policy',
    document: 'options',
    replies: {
      ...admin,
      getPolicy: [policy(), policy(4, { historyDays: 180 })],
      savePolicy: failed('version_conflict'),
      dryRunPolicy: ok({
        number: '19001234',
        class: 'premium',
        country: 'VN',
        dialled: '19001234',
        refusal: { code: 'number_premium', message: '' },
        policyVersion: 3,
      }),
    },
    act: async (view) => {
      const form = view.getByTestId('policy');
      await form.locator('[name=history-days]').fill('90');
      await form.locator('[type=submit]').click();
      await view.locator('[name=dry-run]').fill('1900 1234');
      await view.locator('[name=dry-run]').press('Enter');
      await view.getByTestId('dry-run-answer').locator('p').first().waitFor();
    },
  },
  {
    name: 'admin-hours',
    document: 'options',
    replies: admin,
    act: async (view) => {
      await view.getByTestId('sales-window-add').click();
      const added = view.getByTestId('sales-window').last();
      await added.locator('[type=time]').last().fill('07:00');
      await view.getByTestId('sales-window').first().getByRole('checkbox').first().uncheck();
      for (const window of await view.getByTestId('sales-window').all())
        await window.locator('fieldset').last().getByRole('checkbox').last().uncheck();
    },
  },
  {
    name: 'admin-do-not-call',
    document: 'options',
    replies: {
      ...admin,
      listAskedNotToCall: asked,
      importDoNotCall: ok({ added: 12, removed: 0, unreadable: [{ line: 2 }] }),
    },
    act: async (view) => {
      await view.getByTestId('dnc-lines').fill('0912 345 678, đã yêu cầu\n12 34, gì đây');
      await view.getByTestId('dnc-import').click();
    },
  },
  {
    name: 'admin-reports',
    document: 'options',
    replies: {
      ...admin,
      readReport: [report(), report({ lines: forgotten })],
      listPlacedCalls: failed('too_large'),
    },
    act: async (view) => {
      const panel = view.getByTestId('reports');
      await panel.getByTestId('report-line').first().waitFor();
      await panel.locator('select').selectOption('last_month');
      await panel.getByTestId('report-save-calls').click();
      await panel.getByTestId('notice').waitFor();
      await panel.getByTestId('report-why').locator('summary').click();
    },
  },
  {
    name: 'admin-reports-saved',
    document: 'options',
    replies: { ...admin, listPlacedCalls: clickedCalls },
    act: async (view) => {
      const panel = view.getByTestId('reports');
      await panel.getByTestId('report-save').click();
      await panel.getByText('.csv').waitFor();
      await panel.locator('[name=report-number]').fill('0912 345 678');
      await panel.getByTestId('report-show-calls').click();
      await panel.getByTestId('number-call').first().waitFor();
    },
  },
  {
    name: 'admin-reports-backwards',
    document: 'options',
    replies: admin,
    act: (view) => view.getByTestId('reports').locator('[name=report-from]').fill('2026-07-09'),
  },
  {
    name: 'admin-import',
    document: 'options',
    replies: admin,
    act: async (view) => {
      await view.locator('.table-bar button').click();
      await view.locator('#import-text').fill(importText);
    },
  },
];
