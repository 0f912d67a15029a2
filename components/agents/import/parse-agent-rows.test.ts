import { describe, expect, it } from 'vitest';
import { agentRecord } from '../../testing/samples.ts';
import { parseAgentRows } from './parse-agent-rows.ts';

const lan = agentRecord();
const parsed = (text: string) =>
  parseAgentRows(text, [lan]).rows.map(({ line, name, username, device, role, existing, problem }) => ({
    line,
    cells: [name, username, device.sipUser, device.sipPassword, role ?? '–'],
    is: problem?.code ?? (existing ? 'change' : 'add'),
  }));

describe('parseAgentRows', () => {
  it.each([
    ['tabs', 'Name\tUsername\tSIP user\tSIP password\nHà\tha.ho\t120\tp,w', ['Hà', 'ha.ho', '120', 'p,w', '–']],
    ['commas and quotes', 'name,sip_user,sip_password\n"Hồ, Hà",1,"a""b"', ['Hồ, Hà', '', '1', 'a"b', '–']],
    ['semicolons', 'Name;SIP user\nHà;120', ['Hà', '', '120', '', '–']],
    ['semicolons with quotes', '"Name, full"; Name ;"SIP user"\n"x";"Hồ; Hà";120', ['Hồ; Hà', '', '120', '', '–']],
    ['commas, with semicolons in a quoted heading', 'Name,"Note; free"\nHà,x', ['Hà', '', '', '', '–']],
    ['a hint at its separator', 'sep=;\r\nName;SIP user\r\nHà;120', ['Hà', '', '120', '', '–']],
    [
      'Vietnamese headings',
      'Họ và tên\tTài khoản\tMáy lẻ\tMật khẩu\tVai trò\nHà\tha\t120\tx\tQuản trị',
      ['Hà', 'ha', '120', 'x', 'admin'],
    ],
    ['columns it does not know', 'STT\tName\tEmail\n1\tHà\tha@example.com', ['Hà', '', '', '', '–']],
    ['rows that are numbered in a column without a heading', '\tName\tUsername\n1\tHà\tha', ['Hà', 'ha', '', '', '–']],
    ['a name in two columns', 'Họ\tTên\tSIP account\nHồ Ngọc\tHà\t120', ['Hồ Ngọc Hà', '', '120', '', '–']],
    ['a password that begins with a quote', 'Name\tExt\tPassword\nHà\t120\t"ab', ['Hà', '', '120', '"ab', '–']],
    ['a byte order mark and Windows line ends', '\uFEFFName\tUsername\r\nHà\tha\r\n', ['Hà', 'ha', '', '', '–']],
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

  it.each([
    ['of the same user name', 'Trần Văn Hưng\thung.tv', 'Trần Văn Hùng'],
    ['of another user name', 'Trần Văn Hưng\thung.tv2', null],
    ['of another user name, and the same name', 'Trần Văn Hùng\thung.tv2', null],
    ['without a user name, and the same name', 'trần văn hùng\t', 'Trần Văn Hùng'],
    ['without a user name, whose accents are left out', 'Mai Lan\t', 'Mai Lân'],
    ['without a user name, whose accents would tell two apart', 'Tran Van Hung\t', null],
    ['of a user name that the agent of this name has not got yet', 'Lê Thị Mơ\tmo.lt', 'Lê Thị Mơ'],
    ['of a user name that an agent of about this name has not got yet', 'Le Thi Mo\tmo.lt', 'Lê Thị Mơ'],
  ])('takes a row %s for %s: %s', (_, row, is) => {
    const agents = [
      agentRecord({ id: '1', name: 'Trần Văn Hùng', username: 'hung.tv' }),
      agentRecord({ id: '2', name: 'Trần Văn Hưng', username: 'hung.tvh' }),
      agentRecord({ id: '3', name: 'Mai Lân', username: 'lan.m' }),
      agentRecord({ id: '4', name: 'Lê Thị Mơ', username: null }),
    ];
    expect(parseAgentRows(`Name\tUsername\n${row}`, agents).rows[0]?.existing?.name ?? null).toBe(is);
  });

  it('takes a name or user name once, and counts lines as the spreadsheet does', () => {
    const { rows } = parseAgentRows('Name\tUsername\nHà\tha\n\nHÀ\tother\nMai\tha', [lan]);
    expect(rows.map(({ line, problem }) => [line, problem])).toEqual([
      [2, null],
      [4, { code: 'same_name', line: 2 }],
      [5, { code: 'twice', line: 2 }],
    ]);
  });

  it.each([
    ['a further device', 'Hà\tha\tBàn\t1\tp\nHà\tha\tDi động\t2\tp\nHÀ\t\t\t3\t', [null, 2, 2], [null, null, null]],
    ['the same device', 'Hà\tha\t\t1\tp\nHà\tha\tDi động\t1\tp', [null, null], [null, 'twice']],
    ['no device', 'Hà\tha\t\t1\tp\nHà\tha\t\t\t', [null, null], [null, 'twice']],
    ['another agent of that name', 'Hà\tha\t\t1\tp\nHà\tha.2\t\t2\tp', [null, null], [null, 'same_name']],
    [
      'another agent of about that name',
      'Trần Văn Hưng\thung\t\t1\tp\nTrần Văn Hùng\thung.2\t\t2\tp',
      [null, null],
      [null, null],
    ],
    ['another name of that user', 'Hà\tha\t\t1\tp\nMai\tha\t\t2\tp', [null, null], [null, 'twice']],
    ['a device without its SIP user', 'Hà\tha\tBàn\t\tp', [null], ['sip_user_missing']],
    ['a password for the known device', 'Nguyễn Thị Lan\t\t\t\tp', [null], [null]],
  ])('takes another row of an agent as %s', (_, text, furtherOf, problems) => {
    const { rows } = parseAgentRows(`Name\tUsername\tDevice name\tSIP user\tSIP password\n${text}`, [lan]);
    expect(rows.map((row) => row.furtherOf)).toEqual(furtherOf);
    expect(rows.map((row) => row.problem?.code ?? null)).toEqual(problems);
  });

  it.each([
    ['a name', `${'x'.repeat(121)}\t\t\t\t`, { code: 'too_long', field: 'name' }],
    ['the longest name', `${'x'.repeat(120)}\t\t\t\t`, null],
    ['a user name', `Hà\t${'x'.repeat(121)}\t\t\t`, { code: 'too_long', field: 'username' }],
    ['a device name', `Hà\t\t${'x'.repeat(81)}\t1\t`, { code: 'too_long', field: 'deviceName' }],
    ['a SIP user', `Hà\t\t\t${'x'.repeat(121)}\t`, { code: 'too_long', field: 'sipUser' }],
    ['a password', `Hà\t\t\t1\t${'x'.repeat(201)}`, { code: 'too_long', field: 'sipPassword' }],
    ['rows that two quotes took in', 'Hà\t\t\t1\t"ab\nMai\t\t\t2\tcd"', { code: 'line_break' }],
  ])('tells what is wrong with %s', (_, row, problem) => {
    const { rows } = parseAgentRows(`Name\tUsername\tDevice name\tSIP user\tSIP password\tRole\n${row}`, [lan]);
    expect(rows.map((one) => one.problem)).toEqual([problem]);
  });

  it('takes as many devices of an agent as the relay does', () => {
    const agent = agentRecord({
      sipDevices: Array.from({ length: 9 }, (_, at) => ({ id: `${at}`, name: '', sipUser: `${at}`, hasSipPassword: true })),
    });
    const row = (sipUser: string) => `Nguyễn Thị Lan\t${sipUser}`;
    const { rows } = parseAgentRows(['Name\tSIP user', ...['8', 'x', 'y', 'z', '7'].map(row)].join('\n'), [agent]);
    expect(rows.map(({ problem }) => problem?.code ?? null)).toEqual([null, null, 'too_many_devices', 'too_many_devices', null]);
  });

  it('takes one of two rows for the same known agent, whatever names they go by', () => {
    const { rows } = parseAgentRows('Name\tUsername\nLan Anh\tlan.nguyen\nNguyễn Thị Lan\t', [lan]);
    expect(rows.map(({ problem }) => problem)).toEqual([null, { code: 'twice', line: 2 }]);
  });

  it.each([
    ['another SIP user', '\t150-lan', '101-lan'],
    ['the same SIP user', 'Máy bàn\t101-lan', '101-lan'],
    ['another device name', 'Di động\t102-lan', null],
  ])('tells which device a row of %s changes', (_, cells, before) => {
    const { rows } = parseAgentRows(`Name\tDevice name\tSIP user\nNguyễn Thị Lan\t${cells}`, [lan]);
    expect(rows[0]?.deviceBefore?.sipUser ?? null).toBe(before);
  });

  it.each([
    ['another SIP user, then the device that is there', ['\t150\tp', '\t101-LAN\t'], [null, '101-lan']],
    ['the device that is there, then another SIP user', ['\t101-lan\t', '\t150\tp'], ['101-lan', null]],
    ['a named device, then that which is there by another name', ['Bàn\t150\tp', 'Di động\t101-lan\t'], [null, '101-lan']],
  ])('changes no device into another that a row of its agent names: %s', (_, cells, before) => {
    const lines = cells.map((cell) => `Nguyễn Thị Lan\t${cell}`);
    const { rows } = parseAgentRows(['Name\tDevice name\tSIP user\tSIP password', ...lines].join('\n'), [lan]);
    expect(rows.map(({ deviceBefore }) => deviceBefore?.sipUser ?? null)).toEqual(before);
    expect(rows.map(({ furtherOf, problem }) => [furtherOf, problem])).toEqual([
      [null, null],
      [2, null],
    ]);
  });

  it.each([
    ['added beside another user name', ['Hà\tha.2'], ['name_taken']],
    ['added beside another user name, in other letters', ['HÀ\tha.2'], [null]],
    ['given to another known agent', ['Hà\tlan.nguyen'], ['name_taken']],
    ['given to another, and back', ['Hà\tlan.nguyen', 'Nguyễn Thị Lan\tha'], ['name_taken', 'name_taken']],
    ['their own', ['Hà\tha', 'Nguyễn Thị Lan\tlan.nguyen'], [null, null]],
    ['left free by a row above', ['Hà (1)\tha', 'Hà\tha.2'], [null, null]],
    ['left free by a row below', ['Hà\tha.2', 'Hà (1)\tha'], ['name_taken', null]],
    ['of a further device', ['Hà\tha.2\t1', 'Hà\tha.2\t2'], ['name_taken', 'name_taken']],
  ])('tells of a name that is %s', (_, lines, problems) => {
    const agents = [lan, agentRecord({ id: '2', name: 'Hà', username: 'ha', sipDevices: [] })];
    const { rows } = parseAgentRows(['Name\tUsername\tSIP user', ...lines].join('\n'), agents);
    expect(rows.map(({ problem }) => problem?.code ?? null)).toEqual(problems);
  });

  it.each([
    ['a new agent and one who may not call any more', ['Mai\tmai\t101'], ['Hà']],
    ['two rows', ['Mai\tmai\t300', 'Tú\ttu\t300', 'Tú\ttu\t301'], [null, 'Mai', 'Mai']],
    ['two, in the second of three', ['Tú\ttu\t300', 'Tú\ttu\t101', 'Tú\ttu\t301'], [null, 'Hà', null]],
    ['the same agent', ['Hà\tha\t101', 'Hà\tha\t102', 'Mai\tmai\t102'], [null, null, 'Hà']],
    ['two, one of them with its domain', ['Mai\tmai\t101@pbx.example.com'], ['Hà']],
    ['one who got another in a row above', ['Hà\tha\t201', 'Mai\tmai\t101'], [null, null]],
    ['one who gets another in a row below', ['Mai\tmai\t101', 'Hà\tha\t201'], ['Hà', null]],
    ['nobody', ['Mai\tmai\t', 'Tú\ttu\t'], [null, null]],
  ])('tells who has a SIP user that is of %s', (_, lines, holders) => {
    const device = { id: '7', name: '', sipUser: '101', hasSipPassword: true };
    const agents = [lan, agentRecord({ id: '2', name: 'Hà', username: 'ha', active: false, sipDevices: [device] })];
    const { rows } = parseAgentRows(['Name\tUsername\tSIP user', ...lines].join('\n'), agents);
    expect(rows.map(({ problem }) => (problem?.code === 'sip_taken' ? problem.name : problem))).toEqual(holders);
  });

  it.each([
    ['Name\tEmail\t\tMáy\nHà', ['Email', 'Máy']],
    ['Name\tExt\tMáy lẻ\nHà', ['Máy lẻ']],
    ['Họ tên\tHọ\tTên\nHồ Hà\tHồ\tHà', ['Họ', 'Tên']],
    ['Họ\tTên\tSố nội bộ\nHồ\tHà\t1', []],
  ])('tells which columns it does not read: %j', (text, ignored) => {
    expect(parseAgentRows(text, []).ignored).toEqual(ignored);
  });

  it('refuses a file of which the quotes do not tell the cells', () => {
    const text = 'name,sip_user,sip_password\nHà,1,"ab\nMai,2,x';
    expect(parseAgentRows(text, [])).toEqual({ rows: [], ignored: [], refusal: { code: 'torn', line: 2 } });
  });

  it.each(['', 'Lan\tlan\t101', 'Email\nlan@example.com'])('wants a heading with the name: %j', (text) => {
    expect(parseAgentRows(text, [])).toEqual({ rows: [], ignored: [], refusal: { code: 'no_name_column' } });
  });
});
