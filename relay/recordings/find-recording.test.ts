import { expect, it } from 'vitest';
import { addDevice } from '../testing/device.ts';
import { makeDeps } from '../testing/make-deps.ts';
import { inbound, mirrorRecords, outbound } from '../testing/mirror-records.ts';
import { recordingForTicket } from './find-recording.ts';

it.each([
  ['of a call with what the company dials before', outbound('90912345678'), '+84912345678'],
  ['of a call without it', outbound('0912345678'), '+84912345678'],
  ['of a call that came in', inbound('0912345678'), '+84912345678'],
  ['of a colleague', outbound('1002'), '1002'],
])('names a recording by the number %s', async (_, record, number) => {
  const deps = await makeDeps({ config: { dialPrefix: '9' } });
  const device = await addDevice(deps, { username: 'mailan', sipUser: '1001' });
  const [id = ''] = await mirrorRecords(deps, { ...record, recording: 'a.mp3' });
  expect((await recordingForTicket(deps, device.deviceId, id)).number).toBe(number);
  await deps.close();
});
