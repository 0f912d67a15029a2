import { Icon } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { useView } from '../view/view.ts';

interface PageLinkProps {
  who: string;
  /** Whether the page that the call was placed on is remembered. */
  hasPage: boolean;
  onPage(): void;
  /** Address of the CRM's search for the number; null: none is set. */
  crm: string | null;
}

/** Leads to the customer of a call: to the page it was placed on, or else to the CRM's search. */
export function PageLink({ who, hasPage, onPage, crm }: PageLinkProps) {
  const { t } = useView();
  if (hasPage) return <IconButton icon="page" label={t('call_page', { who })} onClick={onPage} testId="call-page" />;
  const label = t('call_crm', { who });
  return (
    crm && (
      <a class="icon-button" href={crm} target="_blank" rel="noreferrer" aria-label={label} title={label} data-testid="call-crm">
        <Icon name="page" />
      </a>
    )
  );
}
