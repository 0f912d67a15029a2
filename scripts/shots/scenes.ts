import type { Page } from 'playwright-core';
import { activeSite, agents, enrolment, failed, ok, page, placedCalls, session, silence } from './sample-replies.ts';

/** One state of one view: what the background answers (no entry: never; a list: one after the other) and what is pressed before the picture is taken. */
export interface Scene {
  name: string;
  document: 'popup' | 'sidepanel' | 'options';
  replies: Record<string, unknown>;
  act?: (view: Page) => Promise<void>;
}

const connected = (role?: 'agent' | 'admin', more?: object) => ({
  getSession: session(role, more),
  refreshSession: session(role, more),
});
const list = {
  ...connected(),
  getActiveSite: activeSite(true),
  listHistory: page(),
  openRecording: ok({ url: silence, expiresAt: 0 }),
};
const options = { ...connected(), listSites: ok(['https://crm.example.com', 'https://sales.example.vn']) };
const admin = { ...options, ...connected('admin'), listAgents: ok(agents), createEnrolment: enrolment };

const code = { relayUrl: 'dialside.example.com', code: 'ABCDE-12345' };
const fillCode = async (view: Page) => {
  for (const [name, value] of Object.entries(code)) await view.locator(`[name=${name}]`).fill(value);
  await view.locator('[name=connect]').click();
};
const changedMeanwhile = agents.map((agent, index) => (index === 0 ? { ...agent, sipUser: '140-lan', version: 4 } : agent));
const row = (view: Page, index: number) => view.getByTestId('agent-row').nth(index);
const importText = [
  'Name\tUsername\tSIP user\tSIP password',
  'Hồ Ngọc Hà\tha.ho\t120-ha\ts3cret',
  '\tno.name\t121\tx',
  'Trần Văn Minh\tagent2.cskh\t102-minh\tnew',
].join('\n');

export const scenes: Scene[] = [
  { name: 'list', document: 'popup', replies: list },
  { name: 'placed', document: 'popup', replies: { ...list, listHistory: page({ placed: placedCalls }) } },
  { name: 'player', document: 'popup', replies: list, act: (view) => view.getByTestId('play-recording').first().click() },
  {
    name: 'player-missing',
    document: 'popup',
    replies: { ...list, openRecording: failed('recording_missing') },
    act: (view) => view.getByTestId('play-recording').first().click(),
  },
  { name: 'loading', document: 'popup', replies: { ...connected(), getActiveSite: activeSite(false) } },
  {
    name: 'empty',
    document: 'popup',
    replies: { ...list, getActiveSite: ok({ origin: null, enabled: false }), listHistory: page({ calls: [] }) },
  },
  {
    name: 'none-match',
    document: 'popup',
    replies: { ...list, listHistory: page({ calls: [] }) },
    act: async (view) => {
      await view.getByTestId('search').fill('0999 888');
      await view.getByTestId('empty').waitFor();
    },
  },
  {
    name: 'error',
    document: 'popup',
    replies: { ...list, refreshSession: failed('relay_unreachable'), listHistory: failed('relay_unreachable') },
  },
  {
    name: 'not-mapped',
    document: 'popup',
    replies: { ...list, ...connected('agent', { agent: { id: '', name: 'Lan', role: 'agent', sipUser: null, mapped: false } }) },
  },
  { name: 'not-connected', document: 'popup', replies: { ...list, getSession: ok({ connected: false }) } },
  { name: 'sidepanel', document: 'sidepanel', replies: list },

  { name: 'connect', document: 'options', replies: { ...options, getSession: ok({ connected: false }), listSites: ok([]) } },
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
  { name: 'agent', document: 'options', replies: options },
  { name: 'admin', document: 'options', replies: admin },
  { name: 'admin-code', document: 'options', replies: admin, act: (view) => row(view, 1).getByRole('button').nth(1).click() },
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
    name: 'admin-import',
    document: 'options',
    replies: admin,
    act: async (view) => {
      await view.locator('.table-bar button').click();
      await view.locator('#import-text').fill(importText);
    },
  },
];
