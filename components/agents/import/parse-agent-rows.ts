import { type AgentRecord, longestOfAgent, mostSipDevices, type Role } from '../../../relay/contract.ts';
import { type DeviceDraft, deviceDraftsOf, deviceListOf } from '../device-drafts.ts';
import { sipHolders, sipUserKey } from '../sip-holders.ts';
import { type AgentColumn, findAgentColumns } from './agent-columns.ts';
import { findMeant, isSameName, isSameUser, type Named, plain } from './find-meant.ts';
import { findDevice, isSameSipUser, placeDevice } from './place-device.ts';
import { readTable } from './read-table.ts';

type Field = keyof typeof longestOfAgent;

/** Why a row cannot be imported. */
export type RowProblem =
  | { code: 'name_missing' | 'name_taken' | 'line_break' | 'role_unknown' | 'sip_user_missing' | 'too_many_devices' }
  | { code: 'too_long'; field: Field }
  /** `name`: of the agent that has the SIP user. */
  | { code: 'sip_taken'; sipUser: string; name: string }
  /** `line`: of the row that it is like. */
  | { code: 'twice' | 'same_name'; line: number };

export interface ImportRow {
  /** Line in the spreadsheet, counted from 1 including the heading. */
  line: number;
  name: string;
  username: string;
  device: DeviceDraft;
  /** Null when the row names no role: a new agent becomes a plain agent, an existing one keeps their role. */
  role: Role | null;
  /** The agent this row changes; null when it adds one. */
  existing: AgentRecord | null;
  /** The device that it changes; null when it adds one. */
  deviceBefore: DeviceDraft | null;
  /** Line of the first row of the same agent, when this one names a further device of theirs. */
  furtherOf: number | null;
  /** Whether its device is added beside those in the agent's other rows instead of replacing one. */
  isFurther: boolean;
  problem: RowProblem | null;
}

/** Why nothing can be imported: no column has a heading for the agent's name, or a row's quotes leave its cells ambiguous. */
type Refusal = { code: 'no_name_column' } | { code: 'torn'; line: number };
export interface ParsedRows {
  rows: ImportRow[];
  /** Headings of the columns that are not read. */
  ignored: string[];
  refusal: Refusal | null;
}

const roles: Record<string, Role | null> = {
  '': null,
  agent: 'agent',
  nhanvien: 'agent',
  admin: 'admin',
  quantri: 'admin',
  quantrivien: 'admin',
};

/**
 * Parses rows copied from a spreadsheet (tabs) or a CSV file, heading first. A row that matches an existing agent (`findMeant`)
 * changes that agent; its empty cells change nothing. A further row of the same agent with another SIP user adds a device.
 */
export function parseAgentRows(text: string, agents: AgentRecord[]): ParsedRows {
  const table = readTable(text);
  if (table.tornAt !== null) return { rows: [], ignored: [], refusal: { code: 'torn', line: table.tornAt } };
  const [heading = [], ...lines] = table.rows;
  const { places, ignored } = findAgentColumns(heading);
  if (places.name === undefined) return { rows: [], ignored: [], refusal: { code: 'no_name_column' } };
  const read = lines.flatMap((cells, index): ImportRow[] => {
    if (cells.every((cell) => cell.trim() === '')) return [];
    const at = (column: AgentColumn) => cells[places[column] ?? -1]?.trim() ?? '';
    const name = `${at('familyName')} ${at('name')}`.trim();
    const device = { id: null, name: at('deviceName'), sipUser: at('sipUser'), sipPassword: at('sipPassword') };
    const typed = { line: index + 2, name, username: at('username'), device };
    const existing = findMeant(typed, agents) ?? null;
    const role = roles[plain(at('role'))];
    const row = { ...typed, existing, role: role ?? null, deviceBefore: null, furtherOf: null, isFurther: false };
    return [{ ...row, problem: role === undefined ? { code: 'role_unknown' } : problemOf(row) }];
  });
  const seen: Seen[] = [];
  const names = new Map(agents.map((agent) => [agent.id, agent.name]));
  const holders: Around['holders'] = sipHolders(agents);
  const rows = read.map((row) => (row.problem ? row : { ...row, ...compareRow(row, { rows: read, seen, names, holders }) }));
  return { rows, ignored, refusal: null };
}

/** Problems of a row on its own, without regard to the others. */
function problemOf({ name, username, device, existing }: Omit<ImportRow, 'problem'>): RowProblem | null {
  const { name: deviceName, sipUser, sipPassword } = device;
  const values: Record<Field, string> = { name, username, deviceName, sipUser, sipPassword };
  const field = (Object.keys(values) as Field[]).find((one) => values[one].length > longestOfAgent[one]);
  const known = existing ? findDevice(deviceDraftsOf(existing), device, false) : undefined;
  if (name === '') return { code: 'name_missing' };
  // Usually text between two quotes, each of which lacks its partner.
  if (/[\r\n]/.test(Object.values(values).join(''))) return { code: 'line_break' };
  if (field) return { code: 'too_long', field };
  if (sipUser === '' && !known?.sipUser && deviceName + sipPassword !== '') return { code: 'sip_user_missing' };
  return null;
}

/** An agent that earlier rows refer to. */
interface Seen extends Named {
  line: number;
  existing: AgentRecord | null;
  /** The devices after those rows. */
  devices: DeviceDraft[];
  /** The SIP users in those rows. */
  sipUsers: Set<string>;
  /** Why the first of those rows is skipped: somebody else has its SIP user. The agent's further rows are skipped with it. */
  taken: RowProblem | null;
}

/** An agent; `id`: the relay's, or the entry of one that the rows add. */
interface Holder {
  id: string | Seen;
  name: string;
}

interface Around {
  /** All rows of the table, each parsed on its own. */
  rows: ImportRow[];
  seen: Seen[];
  /** Names by agent id, after the earlier rows. */
  names: Map<string, string>;
  /** Who has a SIP user, by its key, after the rows above. */
  holders: Map<string, Holder>;
}

/** What a row means beside the rows above it and the agents that exist. */
function compareRow(row: ImportRow, { rows, seen, names, holders }: Around): Partial<ImportRow> {
  const { line, name, username, device, existing } = row;
  const known =
    (existing && seen.find((other) => other.existing?.id === existing.id)) ??
    findMeant(row, seen) ??
    // The relay requires unique names, even when the user names differ.
    seen.find((other) => isSameName(other, row));
  const devices = existing ? deviceDraftsOf(existing) : [];
  const entry: Seen = known ?? { line, name, username, existing, devices, sipUsers: new Set<string>(), taken: null };
  if (!known) seen.push(entry);

  const sipUser = device.sipUser.toLowerCase();
  const isOther = Boolean(entry.username && username) && !isSameUser(entry, row);
  const isNew = sipUser !== '' && entry.sipUsers.size > 0 && !entry.sipUsers.has(sipUser);
  const isFurther = known !== undefined || isKept(findDevice(devices, device, false), row, rows);
  const deviceBefore = findDevice(entry.devices, device, isFurther);
  const after = placeDevice(entry.devices, device, isFurther);
  const isTaken = [...names].some(([id, taken]) => id !== entry.existing?.id && taken === name);
  const own = entry.existing?.id ?? entry;
  const holder = holders.get(sipUserKey(device.sipUser));
  let problem: RowProblem | null = null;
  if (known && isOther) problem = { code: 'same_name', line: known.line };
  else if (known && !(isNew && plain(known.name) === plain(name))) problem = { code: 'twice', line: known.line };
  else if (isTaken) problem = { code: 'name_taken' };
  else if (known?.taken) problem = known.taken;
  else if (holder && holder.id !== own) problem = { code: 'sip_taken', sipUser: device.sipUser, name: holder.name };
  else if (deviceListOf(after).length > mostSipDevices) problem = { code: 'too_many_devices' };
  if (known && problem) return { deviceBefore: null, furtherOf: null, isFurther, problem };
  if (sipUser !== '') entry.sipUsers.add(sipUser);
  entry.username ||= username;
  if (problem?.code === 'sip_taken') entry.taken = problem;
  if (!problem) {
    for (const { sipUser } of entry.devices) holders.delete(sipUserKey(sipUser));
    for (const { sipUser } of after) if (sipUser !== '') holders.set(sipUserKey(sipUser), { id: own, name: row.name });
    entry.devices = after;
    if (existing) names.set(existing.id, name);
  }
  return { deviceBefore: deviceBefore?.sipUser ? deviceBefore : null, furtherOf: known?.line ?? null, isFurther, problem };
}

/** Whether another row of the agent names the device whose SIP user this row would replace: then the agent has both. */
function isKept(meant: DeviceDraft | undefined, row: ImportRow, rows: ImportRow[]): boolean {
  if (!meant?.sipUser || row.device.sipUser === '' || isSameSipUser(meant, row.device)) return false;
  return rows.some(({ existing, device }) => existing?.id === row.existing?.id && isSameSipUser(meant, device));
}
