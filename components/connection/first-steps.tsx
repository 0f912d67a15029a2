import styles from '../ui/first-steps.css?inline';
import { Icon } from '../ui/icon.tsx';
import { addStyles } from '../view/add-styles.ts';
import { useView } from '../view/view.ts';

addStyles(styles);

const steps = ['first_code', 'first_connect', 'first_call'] as const;

export interface FirstStepsProps {
  /** Number of steps already completed. */
  done: 0 | 2;
}

/** The steps from the installed extension to the first call; shown until there is a call. */
export default function FirstSteps({ done }: FirstStepsProps) {
  const { t, openOptions } = useView();
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
      {done === 0 && (
        <button type="button" class="button button-primary" onClick={openOptions}>
          {t('first_open')}
        </button>
      )}
    </section>
  );
}
