import { expect, it, vi } from 'vitest';
import { createApp } from '../app.ts';
import { RelayError } from '../http/relay-error.ts';
import { describeOnEngines, type MakeDeps } from '../testing/describe-on-engines.ts';
import { addDevice } from '../testing/device.ts';
import { send } from '../testing/send.ts';

/** A company whose agent An has a device with a password and one without. */
async function openCompany(make: MakeDeps) {
  const voiceToken = vi.fn(async (_: { sipUser: string; sipPassword: string }) => ({ value: 'canary', expiresAt: 1 }));
  const deps = await make({ antbuddy: { voiceToken } });
  const app = createApp(deps);
  const admin = await addDevice(deps, { role: 'admin', steppedUp: true });
  const sipDevices = [{ sipUser: '101', sipPassword: 's3cret' }, { sipUser: '102' }];
  const made = await send(app, admin, 'POST', '/v1/admin/agents', { json: { name: 'An', role: 'agent', sipDevices } });
  const agent = (await made.json()) as { id: string; sipDevices: { id: string }[] };
  const [id = '', bare = ''] = agent.sipDevices.map((device) => device.id);
  const ask = async (device: string) => {
    const answer = await send(app, admin, 'POST', `/v1/admin/sip-devices/${device}/test`);
    return [answer.status, await answer.json()] as const;
  };
  const tests = () =>
    deps.store.selectFrom('audit').select(['subject', 'detail']).where('action', '=', 'sip-device.test').orderBy('seq').execute();
  return { deps, agent, id, bare, ask, voiceToken, tests };
}

describeOnEngines('POST /v1/admin/sip-devices/{id}/test', (make) => {
  it('says whether AntBuddy gives a token for the SIP user and password, and writes that into the log', async () => {
    const { deps, agent, id, ask, voiceToken, tests } = await openCompany(make);
    expect(await ask(id)).toEqual([200, { accepted: true }]);
    voiceToken.mockRejectedValueOnce(new RelayError('device_offline'));
    expect(await ask(id)).toEqual([200, { accepted: false }]);
    expect(voiceToken.mock.calls).toEqual(Array(2).fill([{ sipUser: '101', sipPassword: 's3cret' }]));
    expect(deps.antbuddy.dials).toEqual([]);
    expect(await tests()).toEqual([
      { subject: `agent:${agent.id}`, detail: '{"accepted":true,"sipUser":"101"}' },
      { subject: `agent:${agent.id}`, detail: '{"accepted":false,"sipUser":"101"}' },
    ]);
  });

  it('says what prevented an answer instead of guessing', async () => {
    const { id, ask, voiceToken, tests } = await openCompany(make);
    voiceToken.mockRejectedValueOnce(new RelayError('upstream_busy'));
    expect(await ask(id)).toEqual([503, { error: expect.objectContaining({ code: 'upstream_busy' }) }]);
    expect(await tests()).toEqual([]);
  });

  it('asks nothing for a device without a password, or for none', async () => {
    const { bare, ask, voiceToken } = await openCompany(make);
    for (const device of [bare, crypto.randomUUID(), 'x'])
      expect(await ask(device)).toEqual([404, { error: expect.objectContaining({ code: 'not_found' }) }]);
    expect(voiceToken).not.toHaveBeenCalled();
  });

  it('asks a few times a minute only', async () => {
    const { deps, id, ask, voiceToken } = await openCompany(make);
    for (let time = 0; time < 5; time += 1) expect((await ask(id))[0]).toBe(200);
    expect(await ask(id)).toEqual([429, { error: expect.objectContaining({ code: 'too_many_attempts' }) }]);
    expect(voiceToken).toHaveBeenCalledTimes(5);
    deps.advance(60_000);
    expect((await ask(id))[0]).toBe(200);
  });
});
