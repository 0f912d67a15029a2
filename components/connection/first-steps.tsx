import { useView } from '../view/view.ts';

/** From the installed extension to the first call; shown while this browser is not connected. */
export function FirstSteps() {
  const { t, openOptions } = useView();
  return (
    <section class="first-steps" data-testid="first-steps">
      <h1>{t('first_heading')}</h1>
      <ol>
        <li>{t('first_code')}</li>
        <li>{t('first_connect')}</li>
        <li>{t('first_call')}</li>
      </ol>
      <button type="button" class="button button-primary" onClick={openOptions}>
        {t('first_open')}
      </button>
    </section>
  );
}
