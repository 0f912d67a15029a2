import { useRef, useState } from 'preact/hooks';
import type { AgentRecord } from '../../relay/contract.ts';
import type { Failure } from '../../utils/reply.ts';
import { ConfirmButton } from '../ui/confirm-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { failureText } from '../view/failure-text.ts';
import { useRowFocus } from '../view/use-row-focus.ts';
import { useView } from '../view/view.ts';
import type { Agents } from './agents-store.ts';

/** The browsers an agent connected, each with a way to shut it out. */
export function DeviceList({ agent, agents }: { agent: AgentRecord; agents: Agents }) {
  const { t, format } = useView();
  const [failure, setFailure] = useState<Failure | null>(null);
  const box = useRef<HTMLElement>(null);
  useRowFocus(box);
  const revoke = async (deviceId: string) => {
    const reply = await agents.revoke(deviceId);
    setFailure(reply.ok ? null : reply.error);
  };
  return (
    <section ref={box} class="devices" aria-label={t('devices_of', { name: agent.name })}>
      <h3>{t('devices')}</h3>
      {failure && <Notice tone="bad">{failureText(t, failure)}</Notice>}
      {agent.devices.length === 0 && <p class="field-hint">{t('devices_none')}</p>}
      <ul class="rows">
        {agent.devices.map(({ id, name, lastSeenAt, createdAt }) => (
          <li key={id} class="row" data-testid="device">
            <span class="row-main">
              {name}
              <span class="row-note">{t('device_seen', { time: format.moment(lastSeenAt ?? createdAt, Date.now()) })}</span>
            </span>
            <ConfirmButton
              label={t('device_revoke')}
              name={t('device_revoke_of', { device: name })}
              question={t('device_revoke_question')}
              onConfirm={() => revoke(id)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
