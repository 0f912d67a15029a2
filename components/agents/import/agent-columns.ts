import { plain } from './find-meant.ts';

export type AgentColumn = 'familyName' | 'name' | 'username' | 'deviceName' | 'sipUser' | 'sipPassword' | 'role';

// Headings found in real files, without accents, case and punctuation.
const headings: Record<AgentColumn, string[]> = {
  familyName: ['ho', 'hodem', 'hotendem', 'hovatendem', 'holot', 'hovalot', 'hotenlot', 'hovatenlot'],
  name: ['name', 'fullname', 'agent', 'agentname', 'ten', 'hoten', 'hovaten', 'nhanvien', 'tennhanvien'],
  username: ['username', 'user', 'antbuddyusername', 'antbuddy', 'account', 'taikhoan', 'taikhoanantbuddy', 'tendangnhap'],
  deviceName: ['devicename', 'sipdevicename', 'tenthietbi', 'tenthietbisip', 'tenmay'],
  sipUser: [
    'sipuser',
    'taikhoansip',
    'sip',
    'sipusername',
    'sipaccount',
    'device',
    'sipdevice',
    'extension',
    'extensionnumber',
    'ext',
    'extno',
    'thietbi',
    'thietbisip',
    'mayle',
    'somayle',
    'maynhanh',
    'somaynhanh',
    'noibo',
    'sonoibo',
  ],
  sipPassword: ['sippassword', 'password', 'sippass', 'devicepassword', 'matkhau', 'matkhausip'],
  role: ['role', 'vaitro', 'quyen'],
};

interface AgentColumns {
  /** The position of each column that was found. */
  places: Partial<Record<AgentColumn, number>>;
  /** Headings of the columns that are not read. */
  ignored: string[];
}

/** Maps headings to columns. The first of two equal columns counts; a family name is used only together with a given name. */
export function findAgentColumns(heading: string[]): AgentColumns {
  const words = heading.map(plain);
  const at = (column: AgentColumn) => words.findIndex((word) => headings[column].includes(word));
  const isSplit = words[at('name')] === 'ten';
  const found = (Object.keys(headings) as AgentColumn[])
    .map((column) => [column, at(column)] as const)
    .filter(([column, place]) => place >= 0 && (column !== 'familyName' || isSplit));
  const read = new Set(found.map(([, place]) => place));
  return {
    places: Object.fromEntries(found),
    ignored: heading.map((text) => text.trim()).filter((text, place) => text !== '' && !read.has(place)),
  };
}
