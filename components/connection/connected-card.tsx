import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Company, Session } from '../../utils/messages.ts';
import { noteDrafts } from '../../utils/note-drafts.ts';
import type { Failure } from '../../utils/reply.ts';
import { RingPicker } from '../dial/ring-picker.tsx';
import { ConfirmButton } from '../ui/confirm-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { failureText } from '../view/failure-text.ts';
import { useView } from '../view/view.ts';
import { RegainAccess } from './regain-access.tsx';

interface ConnectedCardProps {
  session: Extract<Session, { connected: true }>;
  /** Why the last request to the relay failed. */
  failure: Failure | null;
  onRetry(): void;
  company: Company | null;
  /** Called after reconnecting with another code, or disconnecting. */
  onSession(session: Session): void;
}

/** The agent this browser calls as, the relay, and the button to disconnect. */
export function ConnectedCard({ session: { relayUrl, me, meAt }, failure, company, onRetry, onSession }: ConnectedCardProps) {
  const { send, t, format } = useView();
  const unsaved = useUnsavedNotes();
  const [ownFailure, setOwnFailure] = useState<Failure | null>(null);

  const disconnect = async () => {
    const reply = await send('disconnect');
    if (reply.ok) onSession(reply.value);
    else setOwnFailure(reply.error);
  };
  const devices = me?.agent.sipDevices ?? [];
  const facts: [string, ComponentChildren][] = [
    [t('fact_relay'), relayUrl],
    ...(me
      ? ([
          [t('fact_agent'), me.agent.name],
          [t('fact_role'), t(`role_${me.agent.role}`)],
          [
            t('fact_device'),
            devices.length > 1 ? (
              <RingPicker devices={devices} bare />
            ) : (
              devices[0]?.name || (me.agent.sipUser ?? t('fact_device_none'))
            ),
          ],
          [t('fact_browser'), me.device.name],
        ] as [string, ComponentChildren][])
      : []),
    ...(meAt ? ([[t('fact_checked'), format.moment(meAt, Date.now())]] as [string, string][]) : []),
  ];
  const question = [
    t('disconnect_question'),
    ...(unsaved > 0 ? [t('disconnect_notes', { count: format.count(unsaved) })] : []),
  ].join(' ');
  return (
    <div data-testid="connected">
      {ownFailure && <Notice tone="bad">{failureText(t, ownFailure)}</Notice>}
      <RegainAccess relayUrl={relayUrl} failure={failure} company={company} onRetry={onRetry} onConnected={onSession} />
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <ConfirmButton label={t('disconnect')} question={question} onConfirm={disconnect} />
    </div>
  );
}

/** The number of notes that the relay does not have yet; a disconnect discards them. */
function useUnsavedNotes(): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const look = () => void noteDrafts.read().then((drafts) => setCount(Object.keys(drafts).length));
    look();
    return noteDrafts.watch(look);
  }, []);
  return count;
}
