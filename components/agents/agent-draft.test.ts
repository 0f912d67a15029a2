import { describe, expect, it } from 'vitest';
import type { AgentRecord } from '../../relay/contract.ts';
import { agentRecord } from '../testing/samples.ts';
import { type AgentDraft, carryOn, changeOf, draftOf, rebase } from './agent-draft.ts';
import { emptyDevice } from './device-drafts.ts';

const agent = agentRecord();
const draft = draftOf(agent);
const [device = emptyDevice] = draft.devices;
const own = { id: device.id, name: '', sipUser: '101-lan' };
const second = { id: null, name: 'Mobile', sipUser: '102-lan', sipPassword: '' };

describe('changeOf', () => {
  it.each([
    ['nothing', {}, {}],
    ['spaces around a name', { name: ' Nguyễn Thị Lan ' }, {}],
    ['a changed device', { devices: [{ ...device, sipUser: '150-lan' }] }, { sipDevices: [{ ...own, sipUser: '150-lan' }] }],
    ['a device taken away', { devices: [] }, { sipDevices: [] }],
    ['an empty device', { devices: [device, emptyDevice] }, {}],
    ['a password', { devices: [{ ...device, sipPassword: ' kept ' }] }, { sipDevices: [{ ...own, sipPassword: ' kept ' }] }],
    ['another order', { devices: [second, device] }, { sipDevices: [{ name: 'Mobile', sipUser: '102-lan' }, own] }],
    ['role and activity', { role: 'admin', active: false }, { role: 'admin', active: false }],
  ] as const)('of %s', (_, typed, change) => {
    expect(changeOf({ ...draft, ...typed }, agent)).toEqual(change);
  });
});

describe('rebase', () => {
  it.each([
    ['takes what was not touched', {}, { username: 'x' }, { username: 'x' }, {}],
    ['keeps what was typed', { name: 'Lan N.' }, { username: 'x' }, { name: 'Lan N.', username: 'x' }, {}],
    ['tells both where both changed', { username: 'y' }, { username: 'x' }, { username: 'y' }, { username: 'x' }],
    ['is quiet where both changed to the same', { username: 'x' }, { username: 'x' }, { username: 'x' }, {}],
    [
      'never loses a typed password',
      { devices: [{ ...device, sipPassword: 'new' }] },
      { sipDevices: [{ ...agent.sipDevices[0]!, hasSipPassword: false }] },
      { devices: [{ ...device, sipPassword: 'new' }] },
      {},
    ],
  ] as [string, Partial<AgentDraft>, Partial<AgentRecord>, Partial<AgentDraft>, Partial<AgentDraft>][])(
    '%s',
    (_, typed, newer, result, theirs) => {
      expect(rebase({ ...draft, ...typed }, draft, { ...agent, ...newer, version: 4 })).toEqual({
        draft: { ...draft, ...result },
        theirs,
      });
    },
  );
});

describe('carryOn', () => {
  const saved = agentRecord({
    name: 'Lan Anh',
    sipDevices: [...agent.sipDevices, { id: 'new', name: 'Mobile', sipUser: '102-lan', hasSipPassword: true }],
  });
  const sent = { ...draft, name: 'Lan Anh', devices: [device, { ...second, sipPassword: 'x' }] };
  const [, kept = emptyDevice] = draftOf(saved).devices;
  it.each([
    ['nothing', {}, {}],
    ['another field', { username: 'lan.anh' }, { username: 'lan.anh' }],
    ['the field that was saved', { name: 'Lan' }, { name: 'Lan' }],
    [
      'the device that was added',
      { devices: [device, { ...second, name: 'Di động', sipPassword: 'x' }] },
      { devices: [device, { ...kept, name: 'Di động' }] },
    ],
    [
      'one more device',
      { devices: [...sent.devices, { ...second, sipUser: '103-lan' }] },
      { devices: [device, kept, { ...second, sipUser: '103-lan' }] },
    ],
  ] as [string, Partial<AgentDraft>, Partial<AgentDraft>][])('keeps what was typed meanwhile: %s', (_, typed, result) => {
    expect(carryOn({ ...sent, ...typed }, sent, saved)).toEqual({ ...draftOf(saved), ...result });
  });
});
