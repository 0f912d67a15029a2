import Papa from 'papaparse';
import type { AgentRecord } from '../../../relay/contract.ts';
import { plainText } from '../../view/plain-text.ts';
import { type AgentDraft, emptyDraft } from '../agent-draft.ts';

/** Why a row cannot be imported. */
export type RowProblem = 'name_missing' | 'twice' | 'role_unknown';

export interface ImportRow {
  /** In the spreadsheet, counted from 1 with its heading. */
  line: number;
  draft: AgentDraft;
  /** The agent this row changes; null when it adds one. */
  existing: AgentRecord | null;
  problem: RowProblem | null;
}

/** `missing`: no column is headed as the agent's name, so nothing can be imported. */
export type ParsedRows = { rows: ImportRow[]; missing: null } | { rows: []; missing: 'name' };

type Column = 'name' | 'username' | 'sipUser' | 'sipPassword' | 'role';

// As the headings are written in the wild, accents, case and punctuation aside.
const headings: Record<Column, string[]> = {
  name: ['name', 'fullname', 'agent', 'agentname', 'ten', 'hoten', 'hovaten', 'nhanvien', 'tennhanvien'],
  username: ['username', 'user', 'antbuddyusername', 'antbuddy', 'account', 'taikhoan', 'taikhoanantbuddy', 'tendangnhap'],
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
const roles: Record<string, AgentDraft['role']> = {
  '': 'agent',
  agent: 'agent',
  nhanvien: 'agent',
  admin: 'admin',
  quantri: 'admin',
  quantrivien: 'admin',
};

/**
 * Rows copied out of a spreadsheet (tabs) or a CSV file, heading first. A row whose AntBuddy user name, else whose name, is an
 * agent's already changes that agent; its empty cells change nothing.
 */
export function parseAgentRows(text: string, agents: AgentRecord[]): ParsedRows {
  const [heading = [], ...lines] = Papa.parse<string[]>(text.trim(), { delimiter: delimiterOf(text.trim()) }).data;
  const columns = heading.map(columnOf);
  if (!columns.includes('name')) return { rows: [], missing: 'name' };
  const seen = new Set<string>();
  const rows = lines.flatMap((cells, index) => {
    if (cells.every((cell) => cell.trim() === '')) return [];
    const at = (column: Column) => cells[columns.indexOf(column)]?.trim() ?? '';
    const role = roles[plain(at('role'))];
    const draft = {
      ...emptyDraft,
      name: at('name'),
      username: at('username'),
      sipUser: at('sipUser'),
      sipPassword: at('sipPassword'),
      role: role ?? 'agent',
    };
    const keys = [
      plain(draft.username) && `user ${plain(draft.username)}`,
      plain(draft.name) && `name ${plain(draft.name)}`,
    ].filter((key) => key !== '');
    const twice = keys.some((key) => seen.has(key));
    for (const key of keys) seen.add(key);
    const problem: RowProblem | null =
      draft.name === '' ? 'name_missing' : twice ? 'twice' : role === undefined ? 'role_unknown' : null;
    return [{ line: index + 2, draft, existing: findExisting(draft, agents), problem }];
  });
  return { rows, missing: null };
}

/** By the heading alone: the parser's own guess gives up on rows of uneven length. */
function delimiterOf(text: string): string {
  const [heading = ''] = text.split('\n', 1);
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
