import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { verifyAudit } from '../audit/read-audit.ts';
import { AgentListSchema, AgentRecordSchema, AuditPageSchema, EnrolmentSchema } from '../contract.ts';
import { addDevice, type TestDevice } from '../testing/device.ts';
import { makeDeps, type TestDeps } from '../testing/make-deps.ts';
import { send } from '../testing/send.ts';

let deps: TestDeps;
let app: ReturnType<typeof createApp>;
let admin: TestDevice;
beforeEach(async () => {
  deps = await makeDeps();
  app = createApp(deps);
  admin = await addDevice(deps, { role: 'admin', name: 'Admin', steppedUp: true });
});
afterEach(() => deps.close());

const create = async (json: unknown) => send(app, admin, 'POST', '/v1/admin/agents', { json });
const change = (id: string, json: unknown, headers: Record<string, string> = {}) =>
  send(app, admin, 'PATCH', `/v1/admin/agents/${id}`, { json, headers });

describe('the admin’s agents', () => {
  it('are made, listed, changed by version, and given codes', async () => {
    const made = await create({ name: ' An ', sipUser: '101', sipPassword: 'canary-9', username: 'an@x' });
    expect([made.status, made.headers.get('etag')]).toEqual([201, '"1"']);
    const agent = v.parse(AgentRecordSchema, await made.json());
    expect(agent).toMatchObject({ name: 'An', hasSipPassword: true, role: 'agent' });

    const changed = await change(agent.id, { sipUser: '102' }, { 'if-match': '"1"' });
    expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"2"']);
    const { agents } = v.parse(AgentListSchema, await (await send(app, admin, 'GET', '/v1/admin/agents')).json());
    expect(agents.map(({ name, sipUser, devices }) => [name, sipUser, devices.length])).toEqual([
      ['Admin', null, 1],
      ['An', '102', 0],
    ]);
    const code = await send(app, admin, 'POST', '/v1/admin/enrolments', { json: { agentId: agent.id } });
    expect(v.parse(EnrolmentSchema, await code.json()).expiresAt).toBe(deps.now() + 600_000);

    const answer = await send(app, admin, 'GET', '/v1/admin/audit?limit=2');
    const page = v.parse(AuditPageSchema, await answer.json());
    expect(page.lines.map(({ action }) => action)).toEqual(['enrolment.create', 'agent.change']);
    expect(page.lines[1]).toMatchObject({
      actor: `agent:${admin.agentId}`,
      subject: `agent:${agent.id}`,
      detail: { sipUser: '102' },
    });
    const rest = await send(app, admin, 'GET', `/v1/admin/audit?before=${page.nextBefore}`);
    expect(v.parse(AuditPageSchema, await rest.json())).toMatchObject({ lines: [{ action: 'agent.create' }], nextBefore: null });
    expect(await verifyAudit(deps.store, deps.config.relayKey)).toBeNull();
    const all = JSON.stringify(await deps.store.selectFrom('audit').selectAll().execute());
    expect(all).not.toContain('canary-9');
  });

  it('have a user name that is nobody else’s, in capitals neither: calls are found by it', async () => {
    expect((await create({ name: 'An', username: 'an@x' })).status).toBe(201);
    const taken = await create({ name: 'Binh', username: 'AN@x' });
    expect([taken.status, (await taken.json()).error.code]).toEqual([409, 'agent_exists']);
    const other = v.parse(AgentRecordSchema, await (await create({ name: 'Chi', username: 'chi@x' })).json());
    expect((await change(other.id, { username: 'An@X' }, { 'if-match': '"1"' })).status).toBe(409);
    expect((await change(other.id, { username: 'Chi@X' }, { 'if-match': '"1"' })).status).toBe(200);
  });

  it('begin without a step-up when they become admins again', async () => {
    const other = await addDevice(deps, { role: 'admin', name: 'Other', steppedUp: true });
    await change(other.agentId, { role: 'agent' }, { 'if-match': '"1"' });
    await change(other.agentId, { role: 'admin' }, { 'if-match': '"2"' });
    const answer = await send(app, other, 'POST', '/v1/admin/agents', { json: { name: 'An' } });
    expect([answer.status, (await answer.json()).error.code]).toEqual([403, 'step_up_required']);
  });

  it.each([
    [{}, undefined, 428, 'version_missing'],
    [{}, '*', 400, 'bad_request'],
    [{}, '"x"', 400, 'bad_request'],
    [{}, '"7"', 412, 'version_conflict'],
    [{ role: 'agent' }, '"1"', 409, 'last_admin'],
    [{ active: false }, '"1"', 409, 'last_admin'],
    [{ id: 'x' }, '"1"', 400, 'bad_request'],
    [{ role: 'owner' }, '"1"', 400, 'bad_request'],
    [{ name: '   ' }, '"1"', 400, 'bad_request'],
  ])('%j for version %s: %d %s', async (json, version, status, code) => {
    const response = await change(admin.agentId, json, version === undefined ? {} : { 'if-match': version });
    expect([response.status, (await response.json()).error.code]).toEqual([status, code]);
    // The refused requests changed nothing, neither the agent nor the audit log.
    expect(await deps.store.selectFrom('audit').select('seq').execute()).toEqual([]);
    expect(await deps.store.selectFrom('agents').select(['role', 'active', 'version']).execute()).toEqual([
      { role: 'admin', active: 1, version: 1 },
    ]);
  });

  it.each([
    ['PATCH', `/v1/admin/agents/${crypto.randomUUID()}`, {}, 404],
    ['PATCH', '/v1/admin/agents/nobody', {}, 404],
    ['DELETE', `/v1/admin/devices/${crypto.randomUUID()}`, undefined, 404],
    ['DELETE', '/v1/admin/devices/nothing', undefined, 404],
    ['POST', '/v1/admin/enrolments', { agentId: crypto.randomUUID() }, 404],
    ['GET', '/v1/admin/audit?limit=0', undefined, 400],
    ['GET', '/v1/admin/audit?limit=10&limit=20', undefined, 400],
    ['GET', '/v1/admin/audit?before=-1', undefined, 400],
    ['GET', '/v1/admin/audit?what=1', undefined, 400],
  ])('%s %s: %d', async (method, path, json, status) => {
    expect((await send(app, admin, method, path, { json, headers: { 'if-match': '"1"' } })).status).toBe(status);
  });
});
