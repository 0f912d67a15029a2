// Invented answers of the background; the names, numbers and companies are fictitious.
import type { Me } from '../../relay/contract.ts';

const minute = 60_000;
export const sampleNow = Date.parse('2026-07-03T14:07:00+07:00');
const id = (index: number) => index.toString(16).padStart(32, '0');
const uuid = (index: number) => `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;

export const ok = (value: unknown) => ({ ok: true, value });
export const failed = (code: string) => ({ ok: false, error: { code, message: code } });

const desk = { id: uuid(401), name: 'Máy bàn', sipUser: '101-lan' };
const mobile = { id: uuid(450), name: 'Di động', sipUser: '201-lan' };
export const me = (role: 'agent' | 'admin', more: Partial<Me> = {}): Me => ({
  agent: { id: uuid(1), name: 'Nguyễn Thị Lan', role, sipUser: '101-lan', sipDevices: [desk], mapped: true },
  device: { id: uuid(2), name: 'Chromium, Windows' },
  policy: { homeRegion: 'VN', regions: ['VN'], recordingDownload: true },
  upstream: { state: 'ok', checkedAt: sampleNow },
  history: { completeTo: sampleNow - 2 * minute, backfilled: 1 },
  stepUpUntil: null,
  serverTime: sampleNow,
  ...more,
});
export const session = (role: 'agent' | 'admin' = 'agent', more: object = {}) =>
  ok({ connected: true, relayUrl: 'https://dialside.example.com', me: me(role, more), meAt: sampleNow - 4_000 });

const peers: [number: string, name: string | null][] = [
  ['+84912345678', null],
  ['+842837312345', 'Công ty TNHH Thương mại Dịch vụ Xuất nhập khẩu Hoàng Gia Phát Đạt'],
  ['+84987001122', 'Trần Văn Minh'],
  ['19001234', null],
  ['+14155550123', null],
  ['thutran', 'Thu Trần'],
];
const kinds: [direction: string, disposition: string, talk: number][] = [
  ['outbound', 'answered', 161],
  ['inbound', 'missed', 0],
  ['inbound', 'answered', 3725],
  ['outbound', 'busy', 0],
  ['outbound', 'cancelled', 0],
  ['internal', 'answered', 42],
  ['outbound', 'failed', 0],
  ['internal', 'missed', 0],
];
const note = (text: string, outcome: string | null, version = 1) => ({ text, outcome, version, updatedAt: sampleNow - minute });
export const notes: Record<number, ReturnType<typeof note>> = {
  0: note('Hẹn báo giá lô 500 thùng trước thứ Sáu\n0:14 hỏi chiết khấu\n0:31 đồng ý giá', 'call_later'),
  2: note('', 'done'),
  3: note('Máy bận cả buổi sáng', null),
};
export const calls = Array.from({ length: 24 }, (_, index) => {
  const [number, name] = peers[index % peers.length] as [string, string | null];
  const [direction, disposition, talk] = kinds[index % kinds.length] as [string, string, number];
  return {
    id: id(index + 1),
    startedAt: sampleNow - (11 + index * 97) * minute,
    direction,
    disposition,
    status: disposition.toUpperCase(),
    peer: { number, name },
    durationSeconds: talk + 14,
    talkSeconds: talk,
    hasRecording: talk > 0 && direction !== 'internal',
    note: notes[index] ?? null,
  };
});

const placed = (index: number, state: string, code: string | null, number: string) => ({
  key: uuid(100 + index),
  number,
  state,
  reason: code === null ? null : { code, message: code },
  createdAt: sampleNow - index * 20_000,
  settledAt: state === 'dispatching' ? null : sampleNow - index * 20_000 + 900,
  sameAs: null,
  note: null,
});
/** The session of an agent with two devices to choose from. */
export const severalDevices = {
  agent: { ...me('agent').agent, sipDevices: [desk, mobile] },
};
export const placedOffline = [
  {
    ...placed(2, 'rejected', 'device_offline', '+842837312345'),
    sipUser: desk.sipUser,
    other: { id: mobile.id, name: mobile.name },
  },
];
export const placedCalls = [
  placed(0, 'dispatching', null, '+84912345678'),
  placed(1, 'accepted', null, '+84987001122'),
  placed(2, 'rejected', 'device_offline', '+842837312345'),
  placed(3, 'unknown', 'outcome_unknown', '+84903334455'),
];
/** Search results: calls with a note that are not in the history, one accepted by AntBuddy, one with the device offline. */
export const unlisted = ['other', 'failed'].map((disposition, index) => ({
  ...calls[0],
  id: `00000000-0000-4000-8000-00000000000${index}`,
  startedAt: sampleNow - (20 + index * 97) * minute,
  direction: 'outbound',
  disposition,
  status: '',
  peer: { number: '+84912345678', name: null },
  talkSeconds: 0,
  hasRecording: false,
  note: { text: 'Gọi chị lúc 15 giờ', outcome: 'call_later', version: 1, updatedAt: sampleNow },
}));

export const page = (more: object = {}) =>
  ok({ calls, placed: [], nextCursor: null, completeTo: sampleNow - 2 * minute, ...more });

/** About as many calls as an agent makes in several months. */
export const manyCalls = Array.from({ length: 10_000 }, (_, index) => ({
  ...calls[index % calls.length],
  id: id(index + 1),
  startedAt: sampleNow - (11 + index * 13) * minute,
}));

const names = [
  'Nguyễn Thị Lan',
  'Trần Văn Minh',
  'Lê Hoàng Phương Thảo',
  'Phạm Quốc Bảo',
  'Đặng Thu Hương',
  'Võ Minh Khôi',
  'Bùi Gia Hân',
];
const sipUserOf = (name: string, index: number) =>
  `${101 + index}-${name
    .split(' ')
    .at(-1)
    ?.normalize('NFD')
    .replace(/[^a-z]/gi, '')
    .toLowerCase()}`;
const sipDevice = (id: number, name: string, sipUser: string, hasSipPassword = true) => ({
  id: uuid(id),
  name,
  sipUser,
  hasSipPassword,
});
/** Covers an agent without a device, one without a password, and one with a desk phone and a mobile. */
const sipDevicesOf = (name: string, index: number) => {
  const first = sipDevice(400 + index, index === 1 ? 'Máy bàn' : '', sipUserOf(name, index), index !== 2);
  if (index === 1) return [first, sipDevice(450, 'Di động', '202-minh')];
  return index === 3 ? [] : [first];
};

export const agents = names.map((name, index) => ({
  id: uuid(200 + index),
  name,
  role: index === 0 ? 'admin' : 'agent',
  username: index === 4 ? null : `agent${index + 1}.cskh`,
  sipUser: index === 3 ? null : sipUserOf(name, index),
  hasSipPassword: index !== 2,
  sipDevices: sipDevicesOf(name, index),
  active: index !== 6,
  version: 3,
  devices:
    index === 0
      ? [{ id: uuid(300), name: 'Chromium, Windows', createdAt: sampleNow - 9e7, lastSeenAt: sampleNow - 3 * minute }]
      : [],
}));
export const enrolment = ok({ code: '7KQ2M9XTRD', expiresAt: sampleNow + 10 * minute });
export const activeSite = (enabled: boolean) => ok({ origin: 'https://crm.example.com', enabled });

/** Sounds like two people taking turns, with a long pause: audio that the player can decode and draw. */
export const recording = `data:audio/wav;base64,${talk(42).toString('base64')}`;

function talk(seconds: number): Buffer {
  const rate = 8000;
  const data = Buffer.alloc(seconds * rate);
  for (let index = 0; index < data.length; index += 1) {
    const at = index / rate;
    const isWait = at > 12 && at < 20;
    const syllable = Math.max(0, Math.sin(at * 9) * Math.sin(at * 1.7 + Math.sin(at)));
    data[index] = 128 + Math.round(isWait ? 0 : 100 * syllable * Math.sin(at * 1400));
  }
  return Buffer.concat([wavHead(data.length, rate), data]);
}

function wavHead(length: number, rate: number): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(length, 40);
  return head;
}

export const missed = ok({
  from: sampleNow - 7 * 86_400_000,
  count: 4,
  completeTo: sampleNow - 2 * minute,
  // The first is to be called later.
  calls: calls
    .filter(({ direction, disposition }, index) => index === 0 || (direction === 'inbound' && disposition === 'missed'))
    .map((call, index) => ({ call, times: index })),
});

const seen = (index: number, direction: string, more: object = {}) => ({
  callId: id(900 + index),
  direction,
  peer: { number: '+84912345678', name: null },
  startedAt: sampleNow - 50_000,
  answeredAt: null,
  endedAt: null,
  talkSeconds: null,
  ...more,
});
/** The state of the agent's live calls as the background stores it. */
export const live = {
  relayUrl: 'https://dialside.example.com',
  link: 'open',
  signals: true,
  calls: [
    seen(1, 'inbound', { peer: { number: '+84987001122', name: null } }),
    seen(2, 'outbound', { answeredAt: sampleNow - 42_000 }),
    seen(3, 'outbound', { answeredAt: sampleNow - 50_000, endedAt: sampleNow - 2_000, talkSeconds: 48 }),
  ],
  lastId: null,
};
/** More calls at once than the strip shows without being scrolled. */
export const manyLive = {
  ...live,
  calls: Array.from({ length: 8 }, (_, index) =>
    seen(index, 'outbound', { peer: { number: `+8491200000${index}`, name: null } }),
  ),
};
/** What earlier calls say about the person who is calling. */
export const caller = ok({
  name: 'Trần Văn Minh',
  lines: ['Lần nói chuyện gần nhất: Hôm qua 16:55', 'Hẹn báo giá lô 500 thùng trước thứ Sáu, hỏi thêm phí vận chuyển'],
});
/** Live calls with one to `number` that the agent placed a moment ago and that was answered. */
export const talkingTo = (number: string) => ({
  ...live,
  calls: [seen(1, 'outbound', { peer: { number, name: null }, startedAt: sampleNow - 18_000, answeredAt: sampleNow - 12_000 })],
});
export const settings = {
  badge: true,
  notifyMissed: true,
  notifyIncoming: false,
  showCaller: true,
  crmSearch: 'https://crm.example.com/search?q={national}',
  telLinks: false,
};

const rules = {
  countries: ['VN', 'US', 'LA'],
  openClasses: ['toll_free', 'other'],
  caps: { agentPerMinute: 30, agentPerDay: 600, companyPerMinute: 300, companyPerDay: 10_000 },
  burst: { calls: 120, minutes: 10 },
  salesHours: {
    timeZone: 'Asia/Ho_Chi_Minh',
    windows: [
      { from: '08:00', to: '12:00', days: [1, 2, 3, 4, 5, 6], classes: ['mobile', 'fixed'] },
      { from: '13:30', to: '17:00', days: [1, 2, 3, 4, 5], classes: ['mobile'] },
      { from: '13:30', to: '20:00', days: [1, 2, 3, 4, 5], classes: ['fixed'] },
    ],
    override: true,
  },
  historyDays: 365,
  recordingDownload: false,
};
export const policy = (version = 3, more: object = {}) =>
  ok({ version, at: sampleNow - 3 * 86_400_000, policy: { ...rules, ...more } });
export const asked = ok(
  ['+84912345678', '+842837312345'].map((number, index) => ({
    number,
    at: sampleNow - (40 + index * 1500) * minute,
    agent: { id: uuid(201 + index), name: names[index] },
  })),
);
export const locks = ok([{ agentId: uuid(203), name: 'Phạm Quốc Bảo', lockedAt: sampleNow - 12 * minute }]);
const reportLine = (index: number, name: string, clicks: number, answered: number, refused: number) => ({
  day: null,
  agent: { id: uuid(200 + index), name },
  clicks,
  outcomes: {
    accepted: clicks - refused,
    rejected: 0,
    notSent: 0,
    unknown: 0,
    refused,
    folded: 0,
    dispatching: 0,
  },
  reasons: refused > 3 ? { agent_day_cap: refused - 3, do_not_call: 3 } : refused > 0 ? { agent_locked: refused } : {},
  answered,
  talkSeconds: answered * 161,
});
export const report = (more: object = {}) => ({
  ok: true,
  value: {
    timeZone: 'Asia/Ho_Chi_Minh',
    lines: [
      reportLine(1, 'Lê Hoàng Nguyễn Thị Phương Thảo (chi nhánh miền Tây, ca tối)', 98, 40, 0),
      reportLine(2, 'Nguyễn Thị Lan', 1240, 760, 12),
      reportLine(3, 'Phạm Quốc Bảo', 3, 0, 3),
    ],
    completeTo: sampleNow - 2 * minute,
    keptFrom: sampleNow - 365 * 86_400_000,
    ...more,
  },
});
export const clickedCalls = ok({
  next: null,
  calls: [
    { state: 'accepted', status: 'SUCCESS', disposition: 'answered', talkSeconds: 161, recorded: true },
    { state: 'refused', reason: 'do_not_call', surface: 'popup', site: null, sipUser: null, dialled: null },
    { state: 'rejected', reason: 'device_offline' },
  ].map((more, index) => ({
    at: sampleNow - index * 190 * minute,
    agent: { id: uuid(201), name: 'Nguyễn Thị Lan' },
    device: 'Chrome, Windows',
    number: '+84912345678',
    dialled: '0912345678',
    sipUser: '104-lan',
    surface: 'page',
    site: 'https://crm.example.com',
    reason: null,
    status: null,
    disposition: null,
    talkSeconds: null,
    recorded: false,
    callId: null,
    ...more,
  })),
});
export const audit = ok({
  nextBefore: 41,
  lines: [
    ['agent:', 'policy.change', 'policy:3', { policy: { ...rules, recordingDownload: true } }],
    ['agent:', 'recording.download', `call:${id(3)}`, { device: uuid(300) }],
    ['relay', 'agent.lock', 'agent:', { why: 'burst' }],
    ['agent:', 'agent.change', 'agent:', { active: false, sipDevices: [{ name: 'Máy bàn', sipUser: '104-bao' }] }],
    ['agent:', 'call.outside-sales-hours', 'agent:', { number: '+84912345678', reason: 'Khách hẹn gọi giờ này' }],
    ['agent:', 'policy.change', 'policy:2', { policy: rules }],
    ['agent:', 'report.send', 'report:7', { format: 'csv' }],
    ['command-line', 'enrolment.create', 'agent:', {}],
  ].map(([actor, action, subject, detail], index) => ({
    seq: 45 - index,
    at: sampleNow - index * 37 * minute,
    actor: actor === 'agent:' ? `agent:${uuid(200)}` : actor,
    action,
    subject: subject === 'agent:' ? `agent:${uuid(203)}` : subject,
    detail,
    ...(String(subject).startsWith('call:') && { call: { startedAt: sampleNow - 125 * minute, number: '+84912345678' } }),
    hash: 'a3'.repeat(32),
  })),
});
export const hiddenNumbers = ok({ 'https://crm.example.com': [{ number: '+84912345678', text: 'DH 0912345678' }] });
