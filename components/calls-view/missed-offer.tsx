import { missedOfferItem } from '../../utils/storage.ts';
import { useView } from '../view/view.ts';

/** Asks once whether the browser should tell of missed calls. */
export default function MissedOffer() {
  const { t, send, requestNotifications } = useView();
  const accept = () => {
    // Within the click handler: browsers reject a later request.
    const granted = requestNotifications();
    // When the prompt closes this view, the background finishes the change (utils/background/register-settings.ts).
    void missedOfferItem.setValue('wanted');
    void granted.then((may) => {
      void missedOfferItem.setValue('answered');
      if (may) void send('setAgentSettings', { notifyMissed: true });
    });
  };
  return (
    <div class="notice" data-testid="missed-offer">
      <p>{t('missed_offer')}</p>
      <div class="actions">
        <button type="button" class="button button-quiet" onClick={accept} data-testid="missed-offer-yes">
          {t('missed_offer_yes')}
        </button>
        <button
          type="button"
          class="button button-quiet"
          onClick={() => void missedOfferItem.setValue('answered')}
          data-testid="missed-offer-no"
        >
          {t('no')}
        </button>
      </div>
    </div>
  );
}
