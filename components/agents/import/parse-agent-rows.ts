import type { AgentRecord, Role } from '../../../relay/contract.ts';
import { plainText } from '../../view/plain-text.ts';
import { type AgentDraft, emptyDraft } from '../agent-draft.ts';
import { readTable } from './read-table.ts';

/** Why a row cannot be imported. */
export type RowProblem = 'name_missing' | 'twice' | 'role_unknown' | 'sip_user_missing';

export interface ImportRow {
  /** In the spreadsheet, counted from 1 with its heading. */
  line: number;
  draft: AgentDraft;
  /** Null where the row says nothing of it: a new agent is an agent, a known one stays what they are. */
  role: Role | null;
  /** The agent this row changes; null when it adds one. */
  existing: AgentRecord | null;
  /** Line of the first row of the same agent, when this one names a further device of theirs. */
  furtherOf: number | null;
  problem: RowProblem | null;
}

/** Why nothing can be imported: no column is headed as the agent's name, or the quotes of a row do not tell its cells. */
export type Refusal = { code: 'no_name_column' } | { code: 'torn'; line: number };
export interface ParsedRows {
  rows: ImportRow[];
  refusal: Refusal | null;
}

type Column = 'name' | 'username' | 'deviceName' | 'sipUser' | 'sipPassword' | 'role';

// As the headings are written in the wild, accents, case and punctuation aside.
const headings: Record<Column, string[]> = {
  name: ['name', 'fullname', 'agent', 'agentname', 'ten', 'hoten', 'hovaten', 'nhanvien', 'tennhanvien'],
  username: ['username', 'user', 'antbuddyusername', 'antbuddy', 'account', 'taikhoan', 'taikhoanantbuddy', 'tendangnhap'],
  deviceName: ['devicename', 'sipdevicename', 'tenthietbi', 'tenthietbisip', 'tenmay'],
  sipUser: [
    'sipuser',
    'taikhoansip',
    'sip',
    'sipusername',
    'device',
    'sipdevice',
    'extension',
    'thietbi',
    'thietbisip',
    'mayle',
    'somayle',
  ],
  sipPassword: ['sippassword', 'password', 'sippass', 'devicepassword', 'matkhau', 'matkhausip'],
  role: ['role', 'vaitro', 'quyen'],
};
const roles: Record<string, Role | null> = {
  '': null,
  agent: 'agent',
  nhanvien: 'agent',
  admin: 'admin',
  quantri: 'admin',
  quantrivien: 'admin',
};

/**
 * Rows copied out of a spreadsheet (tabs) or a CSV file, heading first. A row that means an agent there is (`findMeant`) changes
 * that agent; its empty cells change nothing. A further row of the same agent with another SIP user is a further device.
 */
export function parseAgentRows(text: string, agents: AgentRecord[]): ParsedRows {
  const table = readTable(text);
  if (table.tornAt !== null) return { rows: [], refusal: { code: 'torn', line: table.tornAt } };
  const [heading = [], ...lines] = table.rows;
  const columns = heading.map(columnOf);
  if (!columns.includes('name')) return { rows: [], refusal: { code: 'no_name_column' } };
  const seen: Seen[] = [];
  const rows = lines.flatMap((cells, index) => {
    if (cells.every((cell) => cell.trim() === '')) return [];
    const at = (column: Column) => cells[columns.indexOf(column)]?.trim() ?? '';
    const role = roles[plain(at('role'))];
    const device = { id: null, name: at('deviceName'), sipUser: at('sipUser'), sipPassword: at('sipPassword') };
    const draft = { ...emptyDraft, name: at('name'), username: at('username'), devices: [device], role: role ?? 'agent' };
    const line = index + 2;
    const first = notice(draft, line, seen);
    const furtherOf = typeof first === 'number' ? first : null;
    const existing = findMeant(draft, agents) ?? null;
    const isDeviceless = device.sipUser === '' && !existing?.sipDevices.length;
    const problems: [RowProblem, boolean][] = [
      ['name_missing', draft.name === ''],
      ['twice', first === 'twice'],
      ['role_unknown', role === undefined],
      ['sip_user_missing', isDeviceless && device.name + device.sipPassword !== ''],
    ];
    const problem = problems.find(([, is]) => is)?.[0] ?? null;
    return [{ line, draft, role: role ?? null, existing, furtherOf, problem }];
  });
  return { rows, refusal: null };
}

interface Seen extends Named {
  line: number;
  sipUsers: Set<string>;
}

/** Null for an agent's first row, its line for a further device of the same agent. */
function notice(draft: AgentDraft, line: number, seen: Seen[]): number | 'twice' | null {
  const { name, username, devices } = draft;
  const sipUser = (devices[0]?.sipUser ?? '').toLowerCase();
  // The relay takes a name once, whatever the user names.
  const known = findMeant(draft, seen) ?? seen.find((other) => exact(other.name) === exact(name));
  const entry = known ?? { line, name, username, sipUsers: new Set<string>() };
  if (!known) seen.push(entry);
  const isSameAgent = plain(entry.name) === plain(name) && (!entry.username || !username || isSameUser(entry, draft));
  const isFurther = isSameAgent && sipUser !== '' && entry.sipUsers.size > 0 && !entry.sipUsers.has(sipUser);
  if (known && !isFurther) return 'twice';
  if (sipUser !== '') entry.sipUsers.add(sipUser);
  entry.username ||= username;
  return known ? known.line : null;
}

function columnOf(heading: string): Column | null {
  const word = plain(heading);
  return (Object.keys(headings) as Column[]).find((column) => headings[column].includes(word)) ?? null;
}

interface Named {
  name: string;
  username: string | null;
}

/**
 * The one that a row means: by the AntBuddy user name, which two people never share; by the name only where one of both has no
 * user name. Without its accents a name is often another person's: then it must be the only such one.
 */
function findMeant<Known extends Named>(row: Named, known: readonly Known[]): Known | undefined {
  const byUser = row.username ? known.find((other) => isSameUser(other, row)) : undefined;
  if (byUser) return byUser;
  const open = row.username ? known.filter(({ username }) => !username) : known;
  const alike = open.filter(({ name }) => plain(name) === plain(row.name));
  return open.find(({ name }) => exact(name) === exact(row.name)) ?? (alike.length === 1 ? alike[0] : undefined);
}

function isSameUser(one: Named, other: Named): boolean {
  return one.username?.toLowerCase() === other.username?.toLowerCase();
}

function exact(name: string): string {
  return name.normalize('NFC').toLowerCase().trim();
}

function plain(text: string): string {
  return plainText(text).replace(/[^\p{L}\p{N}]/gu, '');
}
