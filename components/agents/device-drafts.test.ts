import { describe, expect, it } from 'vitest';
import { type DeviceDraft, deviceListOf, emptyDevice, rebaseDevices } from './device-drafts.ts';

const device = (id: string | null, more: Partial<DeviceDraft> = {}): DeviceDraft => ({
  id,
  name: '',
  sipUser: `sip-${id ?? 'new'}`,
  sipPassword: '',
  ...more,
});
const [a, b, c] = ['a', 'b', 'c'].map((id) => device(id)) as [DeviceDraft, DeviceDraft, DeviceDraft];

describe('deviceListOf', () => {
  it.each([
    ['a known device as it is', [a], [{ id: 'a', name: '', sipUser: 'sip-a' }]],
    ['a password as it was typed', [{ ...a, sipPassword: ' x ' }], [{ id: 'a', name: '', sipUser: 'sip-a', sipPassword: ' x ' }]],
    ['a new one without an id', [device(null, { name: ' Desk ' })], [{ name: 'Desk', sipUser: 'sip-new' }]],
    ['nothing for one whose SIP user was taken away', [{ ...a, sipUser: ' ' }, emptyDevice], []],
  ] as const)('gives %s', (_, drafts, list) => {
    expect(deviceListOf(drafts)).toEqual(list);
  });
});

describe('rebaseDevices', () => {
  const typed = { ...a, name: 'Desk' };
  it.each([
    ['takes all where nothing was touched', [a, b], [a, b], [b, c], [b, c], []],
    [
      'keeps what was typed and takes what was not',
      [typed, b],
      [a, b],
      [{ ...a, sipUser: '9' }, b],
      [{ ...typed, sipUser: '9' }, b],
      [],
    ],
    ['keeps the order', [b, a], [a, b], [a, { ...b, name: 'B' }], [{ ...b, name: 'B' }, a], []],
    ['adds what was added there', [typed], [a], [a, c], [typed, c], []],
    ['keeps what is being added here', [a, device(null)], [a], [{ ...a, name: 'A' }], [{ ...a, name: 'A' }, device(null)], []],
    ['lets go what was removed there', [typed, b], [a, b], [a], [typed], []],
    ['makes what was typed a new device when it was removed there', [typed, b], [a, b], [b], [{ ...typed, id: null }, b], []],
    ['leaves out what was removed here', [a], [a, b], [{ ...a, name: 'A' }, b], [{ ...a, name: 'A' }], []],
    ['tells where both changed the same', [typed], [a], [{ ...a, name: 'Tisch' }], [typed], [{ ...a, name: 'Tisch' }]],
  ] as const)('%s', (_, drafts, was, is, devices, theirs) => {
    expect(rebaseDevices(drafts, was, is)).toEqual({ devices, theirs });
  });
});
