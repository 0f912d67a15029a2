import { useRef, useState } from 'preact/hooks';
import type { Company, Session } from '../../utils/messages.ts';
import { lostAccess } from '../../utils/relay/lost-access.ts';
import type { Failure } from '../../utils/reply.ts';
import { sitePattern } from '../../utils/sites/site-pattern.ts';
import { Failed } from '../ui/failed.tsx';
import { Notice } from '../ui/notice.tsx';
import { useView } from '../view/view.ts';
import { ConnectForm } from './connect-form.tsx';

interface RegainAccessProps {
  relayUrl: string;
  /** Why the last request to the relay failed. */
  failure: Failure | null;
  company: Company | null;
  onRetry(): void;
  onConnected(session: Session): void;
}

/** What is wrong with the connection to this browser's relay, and the fix right there. */
export function RegainAccess({ relayUrl, failure, company, onRetry, onConnected }: RegainAccessProps) {
  const { t, requestHosts } = useView();
  const [isRefused, setRefused] = useState(false);
  const lost = failure && lostAccess(failure.code);
  // Keeps the form with a partly typed code when the relay becomes unreachable meanwhile.
  const asksCode = useRef(false);
  if (failure === null) asksCode.current = false;
  else if (lost === 'code') asksCode.current = true;

  const allow = () => {
    const granted = requestHosts([sitePattern(new URL(relayUrl).origin)]);
    void granted.then((may) => {
      setRefused(!may);
      if (may) onRetry();
    });
  };
  if (failure === null) return null;
  return (
    <div class="regain" data-testid="regain-access">
      {lost === 'permission' ? (
        <Notice tone="bad" action={{ label: t('access_allow'), run: allow }}>
          {t(isRefused ? 'access_refused' : 'access_permission', { relay: relayUrl })}
        </Notice>
      ) : (
        <Failed failure={failure} retry={onRetry} />
      )}
      {asksCode.current && (
        <>
          <p class="lead">{t('access_code')}</p>
          <ConnectForm relayUrl={relayUrl} company={company} onConnected={onConnected} />
        </>
      )}
    </div>
  );
}
