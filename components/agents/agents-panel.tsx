import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { AgentRecord } from '../../relay/contract.ts';
import { Failed } from '../ui/failed.tsx';
import { Field } from '../ui/field.tsx';
import { lazily } from '../view/lazily.tsx';
import { useShown } from '../view/use-shown.ts';
import { useStore } from '../view/use-store.ts';
import { useView } from '../view/view.ts';
import type { AgentDrafts } from './agent-editor.tsx';
import { AgentRow, panes, type RowPane } from './agent-row.tsx';
import { createAgents } from './agents-store.ts';
import type { ImportPanelProps } from './import/import-panel.tsx';
import { type ImportWork, noWork } from './import/import-work.ts';
import { matchesSearch } from './matches-search.ts';
import { QuickAdd } from './quick-add.tsx';
import { StepUpPrompt } from './step-up-prompt.tsx';

/** An admin who has just made a code soon sees that it was used; otherwise the table only follows other admins' changes. */
const awaitingMs = 5_000;
const refreshMs = 60_000;

/** The import and its CSV parser. */
const LazyImport = lazily<ImportPanelProps>(() => import('./import/import-panel.tsx'));

/** An admin's table of who calls with which device. */
export function AgentsPanel({ relayUrl }: { relayUrl: string }) {
  const { send, t, format } = useView();
  const agents = useMemo(() => createAgents(send), [send]);
  const { agents: all, failure, awaitsAgents } = useStore(agents.store);
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [importing, setImporting] = useState(false);
  const [work, setWork] = useState<ImportWork>(noWork);
  const drafts = useRef<AgentDrafts>(new Map());
  const load = useCallback(() => void agents.load(), [agents]);
  useEffect(load, [load]);
  useShown(load, awaitsAgents ? awaitingMs : refreshMs);

  const missingOf = ({ devices, sipDevices }: AgentRecord) => [
    ...(devices.length === 0 ? [t('agent_not_connected')] : []),
    ...(sipDevices.length === 0 ? [t('agent_no_device')] : []),
    ...(sipDevices.every(({ hasSipPassword }) => hasSipPassword) ? [] : [t('password_missing')]),
  ];
  const found = all?.filter((agent) => matchesSearch(agent, search, missingOf(agent))) ?? [];
  // An unfolded row stays when the search no longer matches, below what does: reopening it would create another code.
  const isUnfolded = (agent: AgentRecord) => panes.some((pane) => open.has(keyOf(agent, pane)));
  const shown = [...found, ...(all?.filter((agent) => isUnfolded(agent) && !found.includes(agent)) ?? [])];
  const set = (agent: AgentRecord, pane: RowPane, next: (was: boolean) => boolean) =>
    setOpen((before) => {
      const key = keyOf(agent, pane);
      const rest = [...before].filter((one) => one !== key);
      return new Set(next(before.has(key)) ? [...rest, key] : rest);
    });
  return (
    <>
      <StepUpPrompt stepUp={agents.stepUp} />
      {failure && <Failed failure={failure} retry={load} />}
      <QuickAdd agents={agents} />
      <div class="table-bar">
        <Field
          label={t('agents_search')}
          bare
          value={search}
          onValue={setSearch}
          type="search"
          input={{ placeholder: t('agents_search'), name: 'agent-search' }}
        />
        <p class="table-count" role="status">
          {all &&
            t('agents_count', {
              shown: format.count(found.length),
              all: format.count(all.length),
              connected: format.count(all.filter(({ devices }) => devices.length > 0).length),
            })}
        </p>
        <button
          type="button"
          class="button"
          aria-expanded={importing}
          disabled={work.running !== null}
          onClick={() => setImporting(!importing)}
        >
          {t('import_open')}
        </button>
      </div>
      {importing && <LazyImport agents={agents} work={work} onWork={setWork} onClose={() => setImporting(false)} />}
      {all === null && !failure && (
        <p class="empty" role="status">
          {t('agents_loading')}
        </p>
      )}
      {all?.length === 0 && <p class="empty">{t('agents_empty')}</p>}
      {all && all.length > 0 && found.length === 0 && <p class="empty">{t('agents_none_match')}</p>}
      {shown.length > 0 && (
        <table class="agents" data-testid="agents">
          <thead>
            <tr>
              <th scope="col">{t('agent_name')}</th>
              <th scope="col">{t('agent_device')}</th>
              <th scope="col" class="wide-only">
                {t('agent_role')}
              </th>
              <th scope="col" class="wide-only">
                {t('devices')}
              </th>
              <th scope="col">
                <span class="hidden">{t('actions')}</span>
              </th>
            </tr>
          </thead>
          {shown.map((agent) => (
            <AgentRow
              key={agent.id}
              agent={agent}
              agents={agents}
              drafts={drafts.current}
              relayUrl={relayUrl}
              isOpen={(pane) => open.has(keyOf(agent, pane))}
              onToggle={(pane) => set(agent, pane, (was) => !was)}
              onClose={(pane) => set(agent, pane, () => false)}
            />
          ))}
        </table>
      )}
    </>
  );
}

/** Several rows may be unfolded at once: whoever connects a room of agents needs all their codes in sight. */
function keyOf({ id }: AgentRecord, pane: RowPane): string {
  return `${pane} ${id}`;
}
