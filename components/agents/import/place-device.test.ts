import { describe, expect, it } from 'vitest';
import { type DeviceDraft, emptyDevice } from '../device-drafts.ts';
import { placeDevice } from './place-device.ts';

const device = (id: string | null, name: string, sipUser: string, sipPassword = ''): DeviceDraft => ({
  id,
  name,
  sipUser,
  sipPassword,
});
const desk = device('a', 'Bàn', '101');
const mobile = device('b', 'Di động', '102');
const bare = device('c', '', '103');

describe('placeDevice', () => {
  it.each([
    ['that of its SIP user', [desk, mobile], device(null, 'Máy', '102'), [desk, { ...mobile, name: 'Máy' }]],
    ['that of its SIP user, in other letters', [device('a', '', 'Lan')], device(null, '', 'LAN'), [device('a', '', 'LAN')]],
    ['that of its name', [desk, mobile], device(null, 'Di động', '150'), [desk, { ...mobile, sipUser: '150' }]],
    ['the only one, for another SIP user', [desk], device(null, '', '150'), [{ ...desk, sipUser: '150' }]],
    ['the only one, for a name', [bare], device(null, 'Bàn', ''), [{ ...bare, name: 'Bàn' }]],
    ['the first, for a password alone', [desk, mobile], device(null, '', '', 'p'), [{ ...desk, sipPassword: 'p' }, mobile]],
    ['a new one, for another name', [desk], device(null, 'Di động', '102'), [desk, device(null, 'Di động', '102')]],
    ['a new one, for a name where the only one has none', [bare], device(null, 'Bàn', '101'), [bare, device(null, 'Bàn', '101')]],
    ['a new one, where there are several', [desk, mobile], device(null, '', '150'), [desk, mobile, device(null, '', '150')]],
    ['the one that is to be filled in', [emptyDevice], device(null, '', '101'), [device(null, '', '101')]],
  ])('takes a row for %s', (_, known, row, placed) => {
    expect(placeDevice(known, row, false)).toEqual(placed);
  });

  it.each([
    ['that of its SIP user', [desk], device(null, 'Máy', '101'), [{ ...desk, name: 'Máy' }]],
    ['a new one, whatever its name', [desk], device(null, 'Bàn', '150'), [desk, device(null, 'Bàn', '150')]],
  ])('takes a further row for %s', (_, known, row, placed) => {
    expect(placeDevice(known, row, true)).toEqual(placed);
  });
});
