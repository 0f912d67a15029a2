import { useState } from 'preact/hooks';
import { type AgentRecord, type AuditAction, type AuditQuery, auditActions } from '../../relay/contract.ts';
import { Field } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';
import { useView } from '../view/view.ts';
import { DayField } from './day-field.tsx';
import { type Days, isDay, startOfDay } from './report-period.ts';

export interface AuditFilter extends Pick<AuditQuery, 'agent' | 'number'> {
  action?: AuditAction;
  /** At or after `from`, before `to`. */
  from?: number;
  to?: number;
}

interface AuditFilterFormProps {
  agents: readonly AgentRecord[];
  filter: AuditFilter;
  onFilter(filter: AuditFilter): void;
  /** What is wrong with the number. */
  error?: string | undefined;
}

const areBackwards = ({ from, to }: Days) => isDay(from) && isDay(to) && to < from;

/** Filters by agent, action, days and number. While the chosen days run backwards, those before them stay in force. */
export function AuditFilterForm({ agents, filter, onFilter, error }: AuditFilterFormProps) {
  const { t, format } = useView();
  const [number, setNumber] = useState('');
  const [days, setDays] = useState<Days>({ from: '', to: '' });
  const actions = auditActions
    .map((action) => [action, t(`action_${action}`)] as const)
    .sort(([, one], [, other]) => one.localeCompare(other));
  const isBackwards = areBackwards(days);

  const limitsOf = (days: Days): Pick<AuditFilter, 'from' | 'to'> =>
    areBackwards(days)
      ? { ...(filter.from !== undefined && { from: filter.from }), ...(filter.to !== undefined && { to: filter.to }) }
      : {
          ...(isDay(days.from) && { from: startOfDay(days.from, format) }),
          ...(isDay(days.to) && { to: startOfDay(days.to, format, 1) }),
        };
  const choose = (agent: string, action: AuditAction | '', days: Days) => {
    const typed = number.trim();
    onFilter({
      ...(agent && { agent }),
      ...(action && { action }),
      ...limitsOf(days),
      ...(typed && { number: typed }),
    });
  };
  const { agent = '', action = '' } = filter;
  return (
    <form
      class="report-days"
      onSubmit={(event) => {
        event.preventDefault();
        choose(agent, action, days);
      }}
    >
      <Select
        label={t('audit_agent')}
        value={agent}
        options={[['', t('audit_everybody')], ...agents.map(({ id, name }) => [id, name] as const)]}
        onValue={(chosen) => choose(chosen, action, days)}
      />
      <Select<AuditAction | ''>
        label={t('audit_action')}
        value={action}
        options={[['', t('audit_everything')], ...actions]}
        onValue={(chosen) => choose(agent, chosen, days)}
      />
      {(['from', 'to'] as const).map((end) => (
        <DayField
          key={end}
          end={end}
          name={`audit-${end}`}
          value={days[end]}
          isWrong={isBackwards}
          onValue={(day) => {
            const chosen = { ...days, [end]: day };
            setDays(chosen);
            if (!areBackwards(chosen)) choose(agent, action, chosen);
          }}
        />
      ))}
      <Field
        label={t('audit_number')}
        value={number}
        onValue={setNumber}
        error={error}
        input={{ name: 'audit-number', maxLength: 60, placeholder: '0912 345 678' }}
      />
      <button type="submit" class="button">
        {t('audit_find')}
      </button>
      {isBackwards && (
        <p class="field-error" role="alert">
          {t('days_backwards')}
        </p>
      )}
    </form>
  );
}
