import { useLayoutEffect, useRef } from 'preact/hooks';
import { mostSalesWindows, type Policy, type SalesWindow as Window } from '../../relay/contract.ts';
import { useView } from '../view/view.ts';
import { allDays, SalesWindow, saleClasses } from './sales-window.tsx';

type Hours = NonNullable<Policy['salesHours']>;

interface SalesHoursProps {
  hours: Policy['salesHours'];
  onHours(hours: Policy['salesHours']): void;
}

/** Vietnam's hours for advertising calls, as the initial values. */
const usual: Hours = {
  timeZone: 'Asia/Ho_Chi_Minh',
  windows: [{ from: '08:00', to: '17:00', days: allDays, classes: [...saleClasses] }],
  override: true,
};

/** When which classes of numbers may be called for sales. Switching off and on again restores the hours. */
export function SalesHours({ hours, onHours }: SalesHoursProps) {
  const { t } = useView();
  const last = useRef(usual);
  if (hours) last.current = hours;
  return (
    <fieldset class="sales-hours" data-testid="sales-hours">
      <legend class="hidden">{t('policy_hours')}</legend>
      <label class="check">
        <input
          type="checkbox"
          checked={hours !== null}
          onChange={(event) => onHours(event.currentTarget.checked ? last.current : null)}
          data-testid="sales-hours-on"
        />
        {t('policy_hours')}
      </label>
      {hours && <Fields hours={hours} onHours={onHours} />}
    </fieldset>
  );
}

function Fields({ hours, onHours }: { hours: Hours; onHours(hours: Hours): void }) {
  const { t } = useView();
  const { windows } = hours;
  const fields = useRef<HTMLDivElement>(null);
  const next = useRef<'added' | 'removed' | null>(null);
  useLayoutEffect(() => {
    const wanted = next.current === 'added' ? '.sales-window:last-of-type input' : '.sales-hours-add';
    if (next.current) fields.current?.querySelector<HTMLElement>(wanted)?.focus();
    next.current = null;
  }, [windows.length]);
  const setWindows = (changed: Window[]) => onHours({ ...hours, windows: changed });
  const add = () => {
    next.current = 'added';
    // A copy of the last window allows nothing more until it is edited.
    setWindows([...windows, ...windows.slice(-1)]);
  };
  const remove = (at: number) => {
    next.current = 'removed';
    setWindows(windows.filter((_, index) => index !== at));
  };
  const unnamed = saleClasses.filter((name) => !windows.some(({ classes }) => classes.includes(name)));
  return (
    <div ref={fields} class="sales-hours-fields">
      <p class="row-note">{t('policy_hours_zone', { zone: hours.timeZone })}</p>
      {windows.map((window, at) => (
        // Windows have no identity except their position.
        <SalesWindow
          key={at}
          window={window}
          number={at + 1}
          onWindow={(changed) => setWindows(windows.map((other, index) => (index === at ? changed : other)))}
          onRemove={windows.length > 1 ? () => remove(at) : undefined}
        />
      ))}
      {windows.length < mostSalesWindows ? (
        <button type="button" class="button sales-hours-add" onClick={add} data-testid="sales-window-add">
          {t('policy_hours_add')}
        </button>
      ) : (
        <p class="row-note">{t('policy_hours_most', { most: mostSalesWindows })}</p>
      )}
      <p class="row-note">{t('policy_hours_other')}</p>
      {unnamed.length > 0 && (
        <p class="field-hint" role="status">
          {t('policy_hours_any', { classes: unnamed.map((name) => t(`class_${name}`)).join(', ') })}
        </p>
      )}
      <label class="check">
        <input
          type="checkbox"
          checked={hours.override}
          onChange={(event) => onHours({ ...hours, override: event.currentTarget.checked })}
        />
        {t('policy_hours_override')}
      </label>
    </div>
  );
}
