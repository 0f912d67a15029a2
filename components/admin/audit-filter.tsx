import { useState } from 'preact/hooks';
import type { AgentRecord, AuditQuery } from '../../relay/contract.ts';
import { Field } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';
import { useView } from '../view/view.ts';

export type AuditFilter = Pick<AuditQuery, 'agent' | 'number'>;

interface AuditFilterFormProps {
  agents: readonly AgentRecord[];
  filter: AuditFilter;
  onFilter(filter: AuditFilter): void;
  /** What is wrong with the number. */
  error?: string | undefined;
}

/** Filters by agent, number, or both. */
export function AuditFilterForm({ agents, filter, onFilter, error }: AuditFilterFormProps) {
  const { t } = useView();
  const [number, setNumber] = useState('');
  const choose = (agent: string) => {
    const typed = number.trim();
    onFilter({ ...(agent && { agent }), ...(typed && { number: typed }) });
  };
  return (
    <form
      class="report-days"
      onSubmit={(event) => {
        event.preventDefault();
        choose(filter.agent ?? '');
      }}
    >
      <Select
        label={t('audit_agent')}
        value={filter.agent ?? ''}
        options={[['', t('audit_everybody')], ...agents.map(({ id, name }) => [id, name] as const)]}
        onValue={choose}
      />
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
    </form>
  );
}
