import type { Policy } from '../../relay/contract.ts';
import type { Format } from '../../utils/i18n/format.ts';
import { CheckList } from '../ui/check-list.tsx';
import { useView } from '../view/view.ts';

type Hours = NonNullable<Policy['salesHours']>;

interface SalesHoursProps {
  hours: Policy['salesHours'];
  onHours(hours: Policy['salesHours']): void;
}

/** Vietnam's hours for advertising calls, as the start of one's own. */
const usual: Hours = {
  timeZone: 'Asia/Ho_Chi_Minh',
  from: '08:00',
  to: '17:00',
  days: [1, 2, 3, 4, 5, 6, 7],
  classes: ['mobile', 'fixed'],
  override: true,
};
/** A Monday; the names of the days come from the language. */
const monday = Date.UTC(2024, 0, 1, 12);

/** @param day ISO weekday: Monday is 1 */
export function dayName(day: number, format: Format): string {
  return format.weekday(monday + (day - 1) * 86_400_000);
}

export function SalesHours({ hours, onHours }: SalesHoursProps) {
  const { t, format } = useView();
  const set = (change: Partial<Hours>) => hours && onHours({ ...hours, ...change });
  const days = usual.days.map((day) => [day, dayName(day, format)] as const);
  const isBackwards = hours !== null && (!hours.from || !hours.to || hours.from >= hours.to);
  return (
    <fieldset class="sales-hours" data-testid="sales-hours">
      <legend class="hidden">{t('policy_hours')}</legend>
      <label class="check">
        <input
          type="checkbox"
          checked={hours !== null}
          onChange={(event) => onHours(event.currentTarget.checked ? usual : null)}
          data-testid="sales-hours-on"
        />
        {t('policy_hours')}
      </label>
      {hours && (
        <div class="sales-hours-fields">
          <div class="actions">
            <label class="range-day">
              {t('policy_hours_from')}
              <input class="input" type="time" value={hours.from} onInput={(event) => set({ from: event.currentTarget.value })} />
            </label>
            <label class="range-day">
              {t('policy_hours_to')}
              <input class="input" type="time" value={hours.to} onInput={(event) => set({ to: event.currentTarget.value })} />
            </label>
            <span class="row-note">{t('policy_hours_zone', { zone: hours.timeZone })}</span>
          </div>
          {isBackwards && (
            <p class="field-error" role="alert">
              {t('policy_hours_backwards')}
            </p>
          )}
          <CheckList
            legend={t('policy_hours_days')}
            options={days}
            chosen={hours.days}
            onChosen={(chosen) => set({ days: chosen })}
          />
          <CheckList
            legend={t('policy_hours_classes')}
            options={[
              ['mobile', t('class_mobile')],
              ['fixed', t('class_fixed')],
            ]}
            chosen={hours.classes}
            onChosen={(classes) => set({ classes })}
          />
          {(hours.days.length === 0 || hours.classes.length === 0) && (
            <p class="field-error" role="alert">
              {t('policy_hours_empty')}
            </p>
          )}
          <label class="check">
            <input
              type="checkbox"
              checked={hours.override}
              onChange={(event) => set({ override: event.currentTarget.checked })}
            />
            {t('policy_hours_override')}
          </label>
        </div>
      )}
    </fieldset>
  );
}
