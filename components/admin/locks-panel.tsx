import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { LockList } from '../../relay/contract.ts';
import { createStepUp } from '../agents/step-up.ts';
import { StepUpPrompt } from '../agents/step-up-prompt.tsx';
import { Failed } from '../ui/failed.tsx';
import { useLoaded } from '../view/use-loaded.ts';
import { useRelayNow } from '../view/use-relay-now.ts';
import { useRowFocus } from '../view/use-row-focus.ts';
import { type Send, useView } from '../view/view.ts';

const refreshMs = 30_000;
const listLocks = (send: Send) => send('listLocks');

/** Agents that the burst lock stopped, each with a way to let them call again. */
export default function LocksPanel({ onLocked }: { onLocked(count: number): void }) {
  const { send, t, format } = useView();
  const stepUp = useMemo(() => createStepUp(send), [send]);
  const { value: locks, failure, load, retry, refuse } = useLoaded(listLocks, refreshMs);
  useEffect(() => onLocked(locks?.length ?? 0), [onLocked, locks]);
  const [lifted, setLifted] = useState<string | null>(null);
  const now = useRelayNow(30_000);
  const box = useRef<HTMLDivElement>(null);
  useRowFocus(box);

  const lift = async ({ agentId, name }: LockList['locks'][number]) => {
    setLifted(null);
    const reply = await stepUp.run(() => send('unlockAgent', agentId));
    // `not_found`: somebody else lifted the lock first, which is the wanted result.
    if (!reply.ok && reply.error.code !== 'not_found') return refuse(reply.error);
    refuse(null);
    setLifted(name);
    await load();
  };
  return (
    <div ref={box} data-testid="locks">
      <StepUpPrompt stepUp={stepUp} />
      {failure && <Failed failure={failure} retry={retry} />}
      <p role="status" class="field-good">
        {lifted && t('lock_lifted', { name: lifted })}
      </p>
      {locks?.length === 0 && <p class="field-hint">{t('locks_empty')}</p>}
      {locks && locks.length > 0 && (
        <ul class="rows">
          {locks.map((lock) => (
            <li key={lock.agentId} class="row" data-testid="lock">
              <span class="row-main">
                {lock.name}
                <span class="row-note">{t('lock_since', { ago: format.ago(lock.lockedAt, now) })}</span>
              </span>
              <button
                type="button"
                class="button"
                aria-label={t('lock_lift_of', { name: lock.name })}
                onClick={() => void lift(lock)}
              >
                {t('lock_lift')}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
