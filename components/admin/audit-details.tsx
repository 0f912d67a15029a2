import * as v from 'valibot';
import { type AuditPage, type Policy, PolicySchema } from '../../relay/contract.ts';
import { isSame } from '../view/rebase-fields.ts';
import { useView } from '../view/view.ts';
import type { AuditWords } from './audit-words.ts';
import type { PolicyPart } from './policy-draft.ts';
import { policyWords } from './policy-words.ts';

interface AuditDetailsProps {
  detail: AuditPage['lines'][number]['detail'];
  /** The policy that was in force before, where it is known. */
  policyBefore: unknown;
  words: AuditWords;
}

/** The details of a log entry beyond actor, action and subject; for a policy, what changed, or the whole of it after a press. */
export function AuditDetails({ detail: { policy, ...others }, policyBefore, words }: AuditDetailsProps) {
  const saved = policyOf(policy);
  const rows = Object.entries(others).map(([name, value]) => words.detail(name, value));
  if (policy !== undefined && !saved) rows.push(words.detail('policy', policy));
  return (
    <>
      {rows.length > 0 && <Rows rows={rows} />}
      {saved && <PolicyDetails policy={saved} before={policyOf(policyBefore)} />}
    </>
  );
}

function PolicyDetails({ policy, before }: { policy: Policy; before: Policy | null }) {
  const { t, format } = useView();
  const words = policyWords(policy, t, format);
  const parts = (Object.keys(words) as PolicyPart[]).map((part) => ({ part, row: [t(`part_${part}`), words[part]] as const }));
  const changed = before && parts.filter(({ part }) => !isSame(policy[part], before[part]));
  return (
    <>
      {changed && <Rows rows={changed.map(({ row }) => row)} />}
      <details class="audit-policy">
        <summary>{t('audit_policy')}</summary>
        <Rows rows={parts.map(({ row }) => row)} />
      </details>
    </>
  );
}

function Rows({ rows }: { rows: readonly (readonly [name: string, value: string])[] }) {
  return (
    <ul class="row-note audit-details">
      {rows.map(([name, value]) => (
        <li key={name}>
          {name}: {value}
        </li>
      ))}
    </ul>
  );
}

function policyOf(value: unknown): Policy | null {
  const parsed = v.safeParse(PolicySchema, value);
  return parsed.success ? parsed.output : null;
}
