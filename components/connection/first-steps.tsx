import { CompanyOffer } from '../company/company-offer.tsx';
import { useCompany } from '../company/use-company.ts';
import { useFirstWords } from '../company/use-first-words.ts';
import styles from '../ui/first-steps.css?inline';
import { Icon } from '../ui/icon.tsx';
import { addStyles } from '../view/add-styles.ts';
import { useView } from '../view/view.ts';

addStyles(styles);

export interface FirstStepsProps {
  /** Number of steps already completed. */
  done: 0 | 2;
}

/** The steps from the installed extension to the first call; shown until there is a call. */
export default function FirstSteps({ done }: FirstStepsProps) {
  const { openOptions } = useView();
  const t = useFirstWords();
  const { value: company, failure, load } = useCompany();
  // The steps are fewer where the company's policy takes some: they are not shown before that is known.
  if (!company && !failure) return null;
  const hasRelay = company?.relayUrl != null;
  const steps = [
    hasRelay ? 'first_code_company' : 'first_code',
    hasRelay ? 'first_connect_company' : 'first_connect',
    company && company.sites.length > 0 ? 'first_call_company' : 'first_call',
  ] as const;
  return (
    <section class="first-steps" data-testid="first-steps">
      <h2>{t('first_heading')}</h2>
      <ol>
        {steps.map((step, index) => (
          <li key={step} data-done={index < done} aria-current={index === done ? 'step' : undefined}>
            {index < done && (
              <span class="first-done">
                <Icon name="check" size={18} />
                <span class="hidden">{t('first_done')}</span>
              </span>
            )}
            {t(step)}
          </li>
        ))}
      </ol>
      {done === 0 ? (
        <button type="button" class="button button-primary" onClick={openOptions}>
          {t('first_open')}
        </button>
      ) : (
        <CompanyOffer sites={company?.awaitedSites ?? []} onAllowed={() => void load()} />
      )}
    </section>
  );
}
