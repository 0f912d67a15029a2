import { useEffect, useRef, useState } from 'preact/hooks';
import { type AgentRecord, codeLivesMs, type Enrolment } from '../../relay/contract.ts';
import type { Failure } from '../../utils/reply.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Failed } from '../ui/failed.tsx';
import { Icon } from '../ui/icon.tsx';
import { useFocusBack } from '../view/use-focus-back.ts';
import { useRelayNow } from '../view/use-relay-now.ts';
import { useView } from '../view/view.ts';
import type { Agents } from './agents-store.ts';

interface EnrolmentCodeProps {
  agent: AgentRecord;
  agents: Agents;
  relayUrl: string;
  onClose(): void;
}

/** A fresh one-time code, big enough to read out, with the time that is left of it. */
export function EnrolmentCode({ agent, agents, relayUrl, onClose }: EnrolmentCodeProps) {
  const { t, format } = useView();
  const box = useRef<HTMLElement>(null);
  useFocusBack(box);
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const now = useRelayNow(1000);

  const create = async () => {
    setFailure(null);
    const reply = await agents.enrol(agent.id);
    if (reply.ok) setEnrolment(reply.value);
    else setFailure(reply.error);
  };
  useEffect(() => void create(), [agent.id]);

  const secondsLeft = enrolment ? Math.max(0, Math.floor((enrolment.expiresAt - now) / 1000)) : 0;
  const isOver = enrolment !== null && secondsLeft === 0;
  const issuedAt = enrolment ? enrolment.expiresAt - codeLivesMs : 0;
  const connected = enrolment && agent.devices.find(({ createdAt }) => createdAt >= issuedAt);
  const code = enrolment ? groupCode(enrolment.code) : '';
  return (
    <section ref={box} class="code-panel" aria-label={t('code_of', { name: agent.name })} data-testid="enrolment">
      {failure && <Failed failure={failure} retry={() => void create()} />}
      {/* Rendered empty first, as only later changes are announced; not atomic, so that only the changed part is. */}
      <div class="code-news" role="status" aria-atomic={false}>
        {connected && (
          <p class="code-used field-good" data-testid="code-used">
            <Icon name="check" /> {t('code_used', { name: agent.name, device: connected.name })}
          </p>
        )}
        {enrolment && !connected && (
          <>
            <p class="code-lead">{t('code_lead', { name: agent.name })}</p>
            <p class={isOver ? 'code code-over' : 'code'} data-testid="enrolment-code">
              {code}
            </p>
            {isOver && <p class="field-hint">{t('code_over')}</p>}
          </>
        )}
      </div>
      {enrolment && !connected && !isOver && <p class="field-hint">{t('code_left', { time: format.clock(secondsLeft) })}</p>}
      <div class="actions">
        {enrolment && !connected && !isOver && (
          <>
            <CopyButton text={code} label={t('code_copy')} />
            <CopyButton text={t('code_message', { relay: relayUrl, code })} label={t('code_copy_message')} />
          </>
        )}
        {(isOver || connected) && (
          <button type="button" class={connected ? 'button' : 'button button-primary'} onClick={() => void create()}>
            {t('code_new')}
          </button>
        )}
        <button type="button" class="button" onClick={onClose}>
          {t('close')}
        </button>
      </div>
    </section>
  );
}

/** ABCDE12345 → ABCDE-12345; the relay ignores the dash. */
function groupCode(code: string): string {
  const bare = code.replace(/[\s-]/g, '');
  return bare.length === 10 ? `${bare.slice(0, 5)}-${bare.slice(5)}` : code;
}
