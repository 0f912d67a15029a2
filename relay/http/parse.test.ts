import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { describeOnEngines } from '../testing/describe-on-engines.ts';
import { addDevice, addSipDevice } from '../testing/device.ts';
import { testNow } from '../testing/make-deps.ts';
import { send } from '../testing/send.ts';

const call = { number: '+84912345678', clickedAt: testNow, surface: 'page' };

/** PostgreSQL's text cannot hold NUL, and its integers have a smaller range than JSON numbers. */
describeOnEngines('what a store cannot hold', (make) => {
  it.each<[method: string, path: string, json: unknown, status: number]>([
    ['POST', '/v1/calls', { ...call, site: 'crm.\0example' }, 201],
    ['POST', '/v1/calls', { ...call, clickedAt: 1e20 }, 400],
    ['GET', '/v1/history?q=%00', undefined, 200],
    ['GET', '/v1/missed?q=a%00b', undefined, 200],
    ['POST', '/v1/admin/agents', { name: 'An\0', username: 'an\0' }, 201],
    ['POST', '/v1/admin/policy/dry-run', { number: '0912345678', at: 1e20 }, 400],
    ['GET', '/v1/admin/audit?action=a%00', undefined, 200],
    ['GET', '/v1/admin/audit?before=999999999999999', undefined, 200],
    ['GET', `/v1/admin/audit?before=${2 ** 31}`, undefined, 200],
  ])('%s %s %j: %d', async (method, path, json, status) => {
    const deps = await make();
    const admin = await addDevice(deps, { role: 'admin', steppedUp: true, username: 'mai' });
    await addSipDevice(deps, admin.agentId, { sipUser: '1001' });
    const headers = { 'idempotency-key': randomUUID() };
    expect((await send(createApp(deps), admin, method, path, { json, headers })).status).toBe(status);
  });

  it('is left out of a list of numbers', async () => {
    const deps = await make();
    const app = createApp(deps);
    const admin = await addDevice(deps, { role: 'admin', steppedUp: true });
    const path = '/v1/admin/do-not-call';
    const headers = { ...(await admin.headers('POST', path)), 'content-type': 'text/csv' };
    expect((await app.request(path, { method: 'POST', headers, body: '0912345678,asked\0 twice' })).status).toBe(200);
    expect(await (await send(app, admin, 'GET', path)).text()).toContain('+84912345678,asked twice,');
  });
});
