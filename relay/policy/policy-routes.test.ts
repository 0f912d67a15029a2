import { expect, it } from 'vitest';
import { createApp } from '../app.ts';
import type { Policy, PolicyVersion } from '../contract.ts';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { addDevice } from '../testing/device.ts';
import { send } from '../testing/send.ts';
import { defaultPolicy } from './default-policy.ts';

const window = { from: '08:00', to: '17:00', days: [1], classes: ['mobile' as const] };
const salesHours = { timeZone: 'Asia/Ho_Chi_Minh', windows: [window, { ...window, to: '20:00' }], override: true };

describeOnEngines('/v1/admin/policy beside an extension of before there were several windows', (make) => {
  async function setUp() {
    const deps = await make();
    const [app, admin] = [createApp(deps), await addDevice(deps, { role: 'admin', steppedUp: true })];
    const read = (query = '') => send(app, admin, 'GET', `/v1/admin/policy${query}`);
    const save = (version: number, json: object) =>
      send(app, admin, 'PUT', '/v1/admin/policy', { json, headers: { 'if-match': `"${version}"` } });
    return { policy: defaultPolicy(deps.config), read, save };
  }
  const told = async (response: Response) => [
    response.status,
    ((await response.json()) as { error: { code: string } }).error.code,
  ];

  it('tells it a policy that it can read, and to be updated instead of one that it cannot', async () => {
    const { policy, read, save } = await setUp();
    expect((await read()).status).toBe(200);
    expect((await save(0, { ...policy, salesHours })).status).toBe(200);
    expect(await told(await read())).toEqual([400, 'bad_request']);
    expect(await told(await read('?hours=moons'))).toEqual([400, 'bad_request']);
    const known = await read('?hours=windows');
    expect(((await known.json()) as PolicyVersion).policy).toEqual({ ...policy, salesHours });
  });

  it('takes from it no sales hours whose answer it could not read', async () => {
    const { policy, read, save } = await setUp();
    const earlier = { ...policy, salesHours: { timeZone: 'UTC', ...window, override: true } };
    expect(await told(await save(0, earlier))).toEqual([400, 'bad_request']);
    expect(await (await read()).json()).toEqual({ version: 0, at: null, policy });
    const without: Policy = { ...policy, historyDays: 90 };
    expect(await (await save(0, without)).json()).toMatchObject({ policy: without });
  });
});
