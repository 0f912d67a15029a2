import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AgentChangeSchema, AgentCreateSchema, auditActions, auditDetails } from '../../relay/contract.ts';
import { createFormat } from '../../utils/i18n/format.ts';
import { optionsEn } from '../../utils/i18n/options-en.ts';
import { optionsVi } from '../../utils/i18n/options-vi.ts';
import { createTranslate } from '../../utils/i18n/translate.ts';
import { samplePolicy } from '../testing/samples.ts';
import { en } from '../testing/words.ts';
import { auditWords } from './audit-words.ts';
import { policyWords } from './policy-words.ts';

const format = createFormat('en', 'Asia/Ho_Chi_Minh');
const t = createTranslate(en);
const names = new Map([
  ['agent:1', 'Lan'],
  ['device:2', 'Firefox (Lan)'],
]);
const words = auditWords(t, format, names, 'VN');

describe('the words of the log', () => {
  it.each([
    ['English', optionsEn],
    ['Vietnamese', optionsVi],
  ] as [string, Record<string, string>][])('name every action and detail in %s', (_, dictionary) => {
    for (const key of [...auditActions.map((action) => `action_${action}`), ...auditDetails.map((name) => `detail_${name}`)])
      expect([key, dictionary[key]]).toEqual([key, expect.stringMatching(/\p{L}{2}/u)]);
  });

  it('know nothing that the relay never writes', () => {
    const relay = join(import.meta.dirname, '../../relay');
    const files = readdirSync(relay, { recursive: true, encoding: 'utf8' });
    const sources = files.filter((file) => /\.ts$/.test(file) && !/\.test\.ts$|contract\.ts$/.test(file));
    const text = sources.map((file) => readFileSync(join(relay, file), 'utf8')).join('\n');
    expect(auditActions.filter((action) => !text.includes(`'${action}'`))).toEqual([]);
  });

  it('know all that is changed of an agent', () => {
    const fields = [...Object.keys(AgentChangeSchema.entries), ...Object.keys(AgentCreateSchema.entries)];
    expect(fields.filter((field) => !(auditDetails as readonly string[]).includes(field))).toEqual([]);
  });

  it.each([
    ['agent:1', 'Lan'],
    ['agent:9', 'agent:9'],
    ['device:2', 'Firefox (Lan)'],
    ['device:9', 'A browser'],
    ['relay', 'The relay'],
    ['command-line', 'Command line'],
    ['do-not-call', 'Do not call'],
    ['policy:3', 'Version 3'],
    ['number:+84912345678', '+84912345678'],
    [`call:${'a'.repeat(32)}`, 'A call'],
    ['report:7', 'report:7'],
    ['toString', 'toString'],
  ])('say who %s is: %s', (id, name) => expect(words.who(id)).toBe(name));

  it.each([
    [{ subject: `call:${'a'.repeat(32)}` }, 'A call'],
    [{ subject: `call:${'a'.repeat(32)}`, call: null }, 'A call that is no longer kept'],
    [
      { subject: 'call:a', call: { startedAt: Date.UTC(2026, 6, 3, 7), number: '+84912345678' } },
      'Call with 0912 345 678, 2026-07-03 14:00:00',
    ],
    [{ subject: 'call:a', call: { startedAt: 0, number: 'anonymous' } }, `Call with ${en.number_withheld}, 1970-01-01 08:00:00`],
    [{ subject: 'agent:1' }, 'Lan'],
  ])('say what a line is about: %j', (line, name) => expect(words.subject(line)).toBe(name));

  it.each([
    ['recording.play', 'Recording played'],
    ['report.send', null],
    ['', null],
  ])('say what %s was: %s', (action, says) => expect(words.action(action)).toBe(says));

  it.each([
    ['role', 'admin', 'Role', 'Admin'],
    ['role', 'owner', 'Role', 'owner'],
    ['active', false, 'May call and sign in', 'No'],
    ['active', 'odd', 'May call and sign in', 'odd'],
    ['device', '2', 'Browser', 'Firefox (Lan)'],
    ['device', '9', 'Browser', '9'],
    ['numbers', 1200, 'Numbers', '1,200'],
    ['removed', ['+84912345678', '113'], 'Taken off', '+84912345678, 113'],
    ['removed', [1], 'Taken off', '[1]'],
    ['passphrase', 'set', 'Passphrase', 'set'],
    ['username', null, 'AntBuddy user name', 'none'],
    ['sipDevices', [{ name: 'Desk', sipUser: '101', sipPassword: 'set' }, { sipUser: '102' }], 'SIP devices', 'Desk · 101, 102'],
    ['sipDevices', [null], 'SIP devices', '[null]'],
    ['sipDevices', [], 'SIP devices', '[]'],
    ['why', 'burst', 'Why', 'Too many calls in a short time'],
    ['why', 'moon', 'Why', 'moon'],
    ['format', 'csv', 'format', 'csv'],
    ['count', { a: 1 }, 'count', '{"a":1}'],
  ])('say of the detail %s %j', (name, value, label, says) => {
    expect(words.detail(name, value)).toEqual([label, says]);
  });

  it('say each part of a policy', () => {
    const salesHours = {
      timeZone: 'Asia/Ho_Chi_Minh',
      windows: [
        { from: '08:00', to: '17:00', days: [1, 7], classes: ['mobile' as const] },
        { from: '08:00', to: '20:00', days: [1], classes: ['fixed' as const] },
      ],
      override: false,
    };
    expect(policyWords(samplePolicy({ salesHours, recordingDownload: true }), t, format)).toEqual({
      countries: 'Vietnam',
      openClasses: 'Free of charge (1800), Other, such as internet telephony',
      caps: 'An agent, in a minute: 30, An agent, in a day: 600, The company, in a minute: 300, The company, in a day: 10,000',
      burst: '120 calls within 10 minutes',
      salesHours: '08:00–17:00, Monday, Sunday, Mobile; 08:00–20:00, Monday, Fixed line, Asia/Ho_Chi_Minh',
      historyDays: '365',
      recordingDownload: 'Yes',
    });
    expect(policyWords(samplePolicy({ openClasses: [] }), t, format)).toMatchObject({ openClasses: 'none', salesHours: 'none' });
  });
});
