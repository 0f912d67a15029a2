import { longestOfAgent, mostSipDevices } from '../../../relay/contract.ts';
import { failureText } from '../../view/failure-text.ts';
import { useView } from '../../view/view.ts';
import type { RowResult } from './import-agents.ts';
import type { ImportRow, RowProblem } from './parse-agent-rows.ts';

/** In the order of the columns. */
const fields = {
  name: 'agent_name',
  username: 'agent_username',
  deviceName: 'sip_device_name',
  sipUser: 'agent_sip_user',
  sipPassword: 'agent_sip_password',
} as const;

interface ImportPreviewProps {
  rows: ImportRow[];
  results: ReadonlyMap<number, RowResult>;
}

/** What each row would do, what it would replace, and what became of it. */
export function ImportPreview({ rows, results }: ImportPreviewProps) {
  const { t, format } = useView();
  const problemText = (problem: RowProblem) =>
    t(`import_${problem.code}`, {
      line: 'line' in problem ? format.count(problem.line) : '',
      sipUser: 'sipUser' in problem ? problem.sipUser : '',
      name: 'name' in problem ? problem.name : '',
      field: 'field' in problem ? t(fields[problem.field]) : '',
      most: format.count('field' in problem ? longestOfAgent[problem.field] : mostSipDevices),
    });
  const outcome = ({ line, problem, existing, furtherOf, device, deviceBefore }: ImportRow) => {
    const isKnown = existing !== null || furtherOf !== null;
    const result = results.get(line);
    if (problem) return <span class="missing">{problemText(problem)}</span>;
    if (result === undefined && !isKnown) return t('import_will_add');
    if (result === undefined) return t(device.sipUser && !deviceBefore ? 'import_will_add_device' : 'import_will_change');
    if (!result.ok) return <span class="missing">{failureText(t, result.error)}</span>;
    return result.isSame ? t('import_same') : <span class="good">{t(isKnown ? 'import_changed' : 'import_added')}</span>;
  };
  /** Shows the current value too when the row would replace it. */
  const cell = (after: string, before: string | null | undefined) => {
    if (!after || !before || before === after) return after || '–';
    return <strong>{t('import_changes', { from: before, to: after })}</strong>;
  };
  const password = ({ device, deviceBefore }: ImportRow) => {
    if (device.sipPassword) return '••••';
    const isOther = deviceBefore && device.sipUser && deviceBefore.sipUser !== device.sipUser;
    return isOther ? <strong>{t('import_password_stays')}</strong> : '–';
  };
  const role = ({ existing, role: given, furtherOf }: ImportRow) => {
    if (given === null) return existing || furtherOf !== null ? '–' : t('role_agent');
    return cell(t(`role_${given}`), existing && t(`role_${existing.role}`));
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is scrolled by the keyboard from inside
    <section class="import-preview" aria-label={t('import_preview')} tabIndex={0}>
      <table data-testid="import-rows">
        <thead>
          <tr>
            <th scope="col">{t('import_line')}</th>
            {Object.values(fields).map((key) => (
              <th key={key} scope="col">
                {t(key)}
              </th>
            ))}
            <th scope="col">{t('agent_role')}</th>
            <th scope="col">{t('import_outcome')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.line}>
              <td>{format.count(row.line)}</td>
              <td>
                {cell(row.name, row.existing?.name)}
                {row.existing?.active === false && <span class="tag">{t('agent_inactive')}</span>}
              </td>
              <td>{cell(row.username, row.existing?.username)}</td>
              <td>{cell(row.device.name, row.deviceBefore?.name)}</td>
              <td>{cell(row.device.sipUser, row.deviceBefore?.sipUser)}</td>
              <td>{password(row)}</td>
              <td>{role(row)}</td>
              <td>{outcome(row)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
