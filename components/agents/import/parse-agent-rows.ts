import Papa from 'papaparse';
import type { AgentRecord, Role } from '../../../relay/contract.ts';
import { plainText } from '../../view/plain-text.ts';
import { type AgentDraft, emptyDraft } from '../agent-draft.ts';

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

/** `missing`: no column is headed as the agent's name, so nothing can be imported. */
export type ParsedRows = { rows: ImportRow[]; missing: null } | { rows: []; missing: 'name' };

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
 * Rows copied out of a spreadsheet (tabs) or a CSV file, heading first. A row whose AntBuddy user name, else whose name, is an
 * agent's already changes that agent; its empty cells change nothing. A further row of the same agent with another SIP user is a
 * further device.
 */
export function parseAgentRows(text: string, agents: AgentRecord[]): ParsedRows {
  // Some programs write the separator before the heading, for Excel alone.
  const [, hinted, table = ''] = /^(?:sep=(.)\s*\n)?(.*)$/is.exec(text.trim()) ?? [];
  const [heading = [], ...lines] = Papa.parse<string[]>(table, { delimiter: hinted ?? delimiterOf(table) }).data;
  const columns = heading.map(columnOf);
  if (!columns.includes('name')) return { rows: [], missing: 'name' };
  const seen = new Map<string, Seen>();
  const rows = lines.flatMap((cells, index) => {
    if (cells.every((cell) => cell.trim() === '')) return [];
    const at = (column: Column) => cells[columns.indexOf(column)]?.trim() ?? '';
    const role = roles[plain(at('role'))];
    const device = { id: null, name: at('deviceName'), sipUser: at('sipUser'), sipPassword: at('sipPassword') };
    const draft = { ...emptyDraft, name: at('name'), username: at('username'), devices: [device], role: role ?? 'agent' };
    const line = index + 2;
    const first = notice(draft, line, seen);
    const furtherOf = typeof first === 'number' ? first : null;
    const existing = findExisting(draft, agents);
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
  return { rows, missing: null };
}

interface Seen {
  line: number;
  name: string;
  username: string;
  sipUsers: Set<string>;
}

/** Null for an agent's first row, its line for a further device of the same agent. */
function notice({ name, username, devices }: AgentDraft, line: number, seen: Map<string, Seen>): number | 'twice' | null {
  const own = { name: plain(name), username: plain(username) };
  const sipUser = (devices[0]?.sipUser ?? '').toLowerCase();
  const keys = [own.username && `user ${own.username}`, own.name && `name ${own.name}`].filter((key) => key !== '');
  const known = keys.map((key) => seen.get(key)).find((one) => one !== undefined);
  const entry = known ?? { line, ...own, sipUsers: new Set<string>() };
  for (const key of keys) if (!seen.has(key)) seen.set(key, entry);
  const isSameAgent = entry.name === own.name && (entry.username === own.username || !entry.username || !own.username);
  const isFurther = isSameAgent && sipUser !== '' && entry.sipUsers.size > 0 && !entry.sipUsers.has(sipUser);
  if (known && !isFurther) return 'twice';
  if (sipUser !== '') entry.sipUsers.add(sipUser);
  return known ? known.line : null;
}

/** By the heading alone, and outside its quotes: the parser's own guess gives up on rows of uneven length. */
function delimiterOf(text: string): string {
  const heading = (text.split('\n', 1)[0] ?? '').replace(/"[^"]*"/g, '');
  return ['\t', ';'].find((delimiter) => heading.includes(delimiter)) ?? ',';
}

function columnOf(heading: string): Column | null {
  const word = plain(heading);
  return (Object.keys(headings) as Column[]).find((column) => headings[column].includes(word)) ?? null;
}

function findExisting({ name, username }: AgentDraft, agents: AgentRecord[]): AgentRecord | null {
  const byUsername = username && agents.find((agent) => agent.username?.toLowerCase() === username.toLowerCase());
  return byUsername || (agents.find((agent) => plain(agent.name) === plain(name)) ?? null);
}

function plain(text: string): string {
  return plainText(text).replace(/[^\p{L}\p{N}]/gu, '');
}
