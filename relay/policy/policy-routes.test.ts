import { expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { addDevice } from '../testing/device.ts';
import { send } from '../testing/send.ts';
import { defaultPolicy } from './default-policy.ts';

const window = { from: '08:00', to: '17:00', days: [1], classes: ['mobile' as const] };
const salesHours = { timeZone: 'Asia/Ho_Chi_Minh', windows: [window, { ...window, to: '20:00' }], override: true };

describeOnEngines('/v1/admin/policy', (make) => {
  it.each([
    ['takes a whole one over the version that is in force', salesHours, 0, 200],
    ['takes none over another version', salesHours, 3, 412],
    ['takes none of another shape', { ...salesHours, windows: [] }, 0, 400],
  ])('%s', async (_, hours, version, status) => {
    const deps = await make();
    const [app, admin] = [createApp(deps), await addDevice(deps, { role: 'admin', steppedUp: true })];
    const before = defaultPolicy(deps.config);
    const json = { ...before, salesHours: hours };
    const saved = await send(app, admin, 'PUT', '/v1/admin/policy', { json, headers: { 'if-match': `"${version}"` } });
    const read = await send(app, admin, 'GET', '/v1/admin/policy');
    const inForce = status === 200 ? { version: 1, policy: json } : { version: 0, policy: before };
    expect([saved.status, read.headers.get('etag')]).toEqual([status, `"${inForce.version}"`]);
    expect(await read.json()).toMatchObject(inForce);
  });
});
