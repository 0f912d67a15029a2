import { describe, expect, it } from 'vitest';
import { agentRecord } from '../../testing/samples.ts';
import { parseAgentRows } from './parse-agent-rows.ts';

const lan = agentRecord();
const parsed = (text: string) =>
  parseAgentRows(text, [lan]).rows.map(({ line, draft: { name, username, sipUser, sipPassword, role }, existing, problem }) => ({
    line,
    cells: [name, username, sipUser, sipPassword, role],
    is: problem ?? (existing ? 'change' : 'add'),
  }));

describe('parseAgentRows', () => {
  it.each([
    ['tabs', 'Name\tUsername\tSIP user\tSIP password\nHà\tha.ho\t120\tp,w', ['Hà', 'ha.ho', '120', 'p,w', 'agent']],
    ['commas and quotes', 'name,sip_password\n"Hồ, Hà","a""b"', ['Hồ, Hà', '', '', 'a"b', 'agent']],
    ['semicolons', 'Name;SIP user\nHà;120', ['Hà', '', '120', '', 'agent']],
    [
      'Vietnamese headings',
      'Họ và tên\tTài khoản\tMáy lẻ\tMật khẩu\tVai trò\nHà\tha\t120\tx\tQuản trị',
      ['Hà', 'ha', '120', 'x', 'admin'],
    ],
    ['columns it does not know', 'STT\tName\tEmail\n1\tHà\tha@example.com', ['Hà', '', '', '', 'agent']],
    ['a byte order mark and Windows line ends', '\uFEFFName\tUsername\r\nHà\tha\r\n', ['Hà', 'ha', '', '', 'agent']],
  ])('reads %s', (_, text, cells) => {
    expect(parsed(text)).toEqual([{ line: 2, cells, is: 'add' }]);
  });

  it.each([
    ['an agent known by user name', 'Somebody\tLAN.nguyen\tagent', 'change'],
    ['an agent known by name', 'nguyen thi lan\t\tagent', 'change'],
    ['a missing name', '\tha\tagent', 'name_missing'],
    ['a role of its own', 'Hà\tha\tboss', 'role_unknown'],
  ])('judges %s', (_, row, is) => {
    expect(parsed(`Name\tUsername\tRole\n${row}`)[0]?.is).toBe(is);
  });

  it('takes a name or user name once, and counts lines as the spreadsheet does', () => {
    expect(parsed('Name\tUsername\nHà\tha\n\nHÀ\tother\nMai\tha').map(({ line, is }) => [line, is])).toEqual([
      [2, 'add'],
      [4, 'twice'],
      [5, 'twice'],
    ]);
  });

  it.each(['', 'Lan\tlan\t101', 'Email\nlan@example.com'])('wants a heading with the name: %j', (text) => {
    expect(parseAgentRows(text, [])).toEqual({ rows: [], missing: 'name' });
  });
});
