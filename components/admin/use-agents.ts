import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { AgentRecord, AuditPage } from '../../relay/contract.ts';
import { useShown } from '../view/use-shown.ts';
import { useView } from '../view/view.ts';

type Line = AuditPage['lines'][number];
type Names = ReadonlyMap<string, string>;

const refreshMs = 60_000;

/** All agents, and names for the ids in `lines`; read again when a line names an unknown one. */
export function useAgents(lines: readonly Line[]): { agents: readonly AgentRecord[]; names: Names } {
  const { send } = useView();
  const [agents, setAgents] = useState<AgentRecord[] | null>(null);
  const known = useMemo(() => namesOf(agents ?? []), [agents]);
  const names = useMemo(() => withEnrolled(known, lines), [known, lines]);
  const asked = useRef(new Set<string>());
  const isAsking = useRef(false);
  // Repeats a failed request even when no new line has come.
  const [looks, setLooks] = useState(0);
  useShown(
    useCallback(() => setLooks((before) => before + 1), []),
    refreshMs,
  );
  useEffect(() => {
    const named = lines.flatMap(({ actor, subject }) => [actor, subject]).filter((who) => /^(agent|device):/.test(who));
    const strange = named.filter((who) => !known.has(who) && !asked.current.has(who));
    if (isAsking.current || (agents !== null && strange.length === 0)) return;
    isAsking.current = true;
    void send('listAgents').then((reply) => {
      isAsking.current = false;
      if (!reply.ok) return;
      for (const who of strange) asked.current.add(who);
      setAgents(reply.value);
    });
  }, [send, lines, agents, known, looks]);
  return { agents: agents ?? [], names };
}

function namesOf(agents: readonly AgentRecord[]): Names {
  return new Map(
    agents.flatMap(({ id, name, devices }) => [
      [`agent:${id}`, name] as const,
      ...devices.map((device) => [`device:${device.id}`, `${device.name} (${name})`] as const),
    ]),
  );
}

/** Revoked browsers are in no agent's list any more, so their names come from the lines that enrolled or revoked them. */
function withEnrolled(names: Names, lines: readonly Line[]): Names {
  const whoOf = (id: string) => names.get(id) ?? id;
  const enrolled = lines.flatMap(({ action, subject, actor, detail }) =>
    action.startsWith('device.') && typeof detail.deviceName === 'string'
      ? [[subject, `${detail.deviceName} (${whoOf(String(detail.agent ?? actor))})`] as const]
      : [],
  );
  return new Map([...enrolled, ...names]);
}
