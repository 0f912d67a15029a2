// @vitest-environment happy-dom
import type { ComponentChildren } from 'preact';
import { act } from 'preact/test-utils';
import { describe, expect, it, vi } from 'vitest';
import { mostSalesWindows } from '../../relay/contract.ts';
import { fail, succeed } from '../../utils/reply.ts';
import { clockOffsetItem } from '../../utils/storage.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press, settle, type } from '../testing/mount.tsx';
import { agentRecord, samplePolicy } from '../testing/samples.ts';
import { en } from '../testing/words.ts';
import AuditPanel from './audit-panel.tsx';
import DoNotCallPanel from './do-not-call-panel.tsx';
import LocksPanel from './locks-panel.tsx';
import PolicyPanel from './policy-panel.tsx';

const confirmed = succeed({ stepUpUntil: 0 });
const version = (number: number, more: object = {}) => succeed({ version: number, at: 0, policy: samplePolicy(more) });

async function open(panel: ComponentChildren, answers: Parameters<typeof fakeSend>[0]) {
  const { send, sent } = fakeSend({ stepUp: confirmed, listAskedNotToCall: succeed([]), ...answers });
  await mount(fakeView(send), panel);
  return (name: string) => sent.filter((message) => message.name === name).map(({ data }) => data);
}
async function confirm() {
  await type('[data-testid=step-up] input', 'correct horse');
  await press('[data-testid=step-up] button[type=submit]');
}

describe('PolicyPanel', () => {
  it('saves over the version it was read at, after the passphrase', async () => {
    const sentAs = await open(<PolicyPanel />, {
      getPolicy: version(3),
      savePolicy: [fail('step_up_required'), version(4, { historyDays: 90 })],
    });
    expect(find<HTMLButtonElement>('[data-testid=policy] [type=submit]').disabled).toBe(true);
    await typeNumber('history-days', '90');
    await press('[data-testid=policy] [type=submit]');
    await confirm();
    expect(sentAs('savePolicy')).toEqual(Array(2).fill({ version: 3, policy: samplePolicy({ historyDays: 90 }) }));
    expect(find('[data-testid=policy] [role=status]').textContent).toBe(en.policy_saved);
  });

  it.each([
    ['saved', [version(4, { historyDays: 90 })]],
    ['refused for a newer one', [fail('version_conflict')]],
  ])('keeps what is typed while the passphrase is asked for, also when the policy is %s', async (_, answers) => {
    await open(<PolicyPanel />, {
      getPolicy: [version(3), version(4)],
      savePolicy: [fail('step_up_required'), ...answers],
    });
    await typeNumber('history-days', '90');
    await press('[data-testid=policy] [type=submit]');
    await typeNumber('agentPerDay', '77');
    await confirm();
    expect(find<HTMLInputElement>('[name=agentPerDay]').value).toBe('77');
    expect(find<HTMLInputElement>('[name=history-days]').value).toBe('90');
    expect(find('[data-testid=policy] .table-count').textContent).toContain(en.policy_since.split('{')[0]);
    expect(find<HTMLButtonElement>('[data-testid=policy] [type=submit]').disabled).toBe(false);
  });

  it('says what keeps it from being saved, at its field', async () => {
    const sentAs = await open(<PolicyPanel />, { getPolicy: version(3) });
    await typeNumber('agentPerDay', '');
    expect(find('[data-testid=policy] .field-error').textContent).toContain('1,000,000');
    expect(find<HTMLButtonElement>('[data-testid=policy] [type=submit]').disabled).toBe(true);
    await act(() => void find('[data-testid=policy]').dispatchEvent(new Event('submit', { cancelable: true })));
    expect(sentAs('savePolicy')).toEqual([]);
  });

  it('keeps what was typed when somebody else saved meanwhile, names what both changed, and saves over theirs', async () => {
    const sentAs = await open(<PolicyPanel />, {
      getPolicy: [version(3), version(4, { historyDays: 60, countries: ['VN', 'LA'] })],
      savePolicy: [fail('version_conflict'), version(5)],
    });
    await typeNumber('history-days', '90');
    await press('[data-testid=policy] [type=submit]');
    expect(find('[data-testid=notice]').textContent).toContain(en.part_historyDays);
    await press('[data-testid=policy] [type=submit]');
    expect(sentAs('savePolicy')[1]).toEqual({
      version: 4,
      policy: samplePolicy({ historyDays: 90, countries: ['VN', 'LA'] }),
    });
  });

  it('adds the country that is chosen when the button says so, and none that a key only passes', async () => {
    const sentAs = await open(<PolicyPanel />, { getPolicy: version(3), savePolicy: version(4) });
    const listed = () => [...document.querySelectorAll('[data-testid=countries] li')].map(({ textContent }) => textContent);
    for (const code of ['KH', 'LA']) await choose('[data-testid=country-choice]', code);
    expect(listed()).toEqual(['Vietnam']);
    await press('[data-testid=country-add]');
    expect(listed()).toEqual(['Vietnam', 'Laos']);
    expect(document.activeElement).toBe(find('[data-testid=country-choice]'));
    await press('[data-testid=country-add]');
    await press('[data-testid=policy] [type=submit]');
    expect(sentAs('savePolicy')).toEqual([{ version: 3, policy: samplePolicy({ countries: ['VN', 'LA'] }) }]);
  });

  describe('its sales hours', () => {
    const usual = { from: '08:00', to: '17:00', days: [1, 2, 3, 4, 5, 6, 7], classes: ['mobile' as const, 'fixed' as const] };
    const hoursOf = (...windows: (typeof usual | object)[]) => ({
      salesHours: { timeZone: 'Asia/Ho_Chi_Minh', windows: windows.map((window) => ({ ...usual, ...window })), override: true },
    });
    const window = (index: number) => document.querySelectorAll<HTMLElement>('[data-testid=sales-window]')[index] as HTMLElement;
    const box = (index: number, text: string) =>
      [...window(index).querySelectorAll('label')].find((label) => label.textContent === text)?.querySelector('input');
    const setTime = (index: number, end: 'first' | 'last', value: string) => {
      const input = window(index).querySelector<HTMLInputElement>(`label:${end}-of-type [type=time]`) as HTMLInputElement;
      input.value = value;
      return act(() => void input.dispatchEvent(new Event('input', { bubbles: true })));
    };
    const submit = () => find<HTMLButtonElement>('[data-testid=policy] [type=submit]');

    it('are several windows, each for its own numbers', async () => {
      const sentAs = await open(<PolicyPanel />, { getPolicy: version(3), savePolicy: version(4) });
      await press('[data-testid=sales-hours-on]');
      expect(document.querySelector('[data-testid=sales-window-remove]')).toBeNull();
      await act(() => box(0, en.class_fixed)?.click());
      expect(find('[data-testid=sales-hours] [role=status]').textContent).toContain(en.class_fixed);
      await press('[data-testid=sales-window-add]');
      expect(window(1).contains(document.activeElement)).toBe(true);
      await setTime(1, 'last', '20:00');
      await act(() => box(1, en.class_mobile)?.click());
      await act(() => box(1, en.class_fixed)?.click());
      expect(document.querySelector('[data-testid=sales-hours] [role=status]')).toBeNull();
      await press('[data-testid=policy] [type=submit]');
      const asked = hoursOf({ classes: ['mobile'] }, { to: '20:00', classes: ['fixed'] });
      expect(sentAs('savePolicy')).toEqual([{ version: 3, policy: samplePolicy(asked) }]);
    });

    it.each([
      ['without its end', '', en.policy_hours_untimed],
      ['that ends before it begins', '07:00', en.policy_hours_backwards],
    ])('tell at a window %s what is wrong with it', async (_, to, words) => {
      await open(<PolicyPanel />, { getPolicy: version(3, hoursOf({}, {})) });
      await setTime(1, 'last', to);
      expect(window(0).querySelector('[role=alert]')).toBeNull();
      expect(window(1).querySelector('[role=alert]')?.textContent).toBe(words);
      expect(submit().disabled).toBe(true);
      await setTime(1, 'last', '18:00');
      expect(submit().disabled).toBe(false);
    });

    it('lose the window that is removed, and the keyboard keeps its place', async () => {
      const sentAs = await open(<PolicyPanel />, {
        getPolicy: version(3, hoursOf({}, { to: '09:00' }, { to: '10:00' })),
        savePolicy: version(4),
      });
      await act(() => window(1).querySelector<HTMLButtonElement>('[data-testid=sales-window-remove]')?.click());
      expect(document.activeElement).toBe(find('[data-testid=sales-window-add]'));
      await press('[data-testid=policy] [type=submit]');
      expect(sentAs('savePolicy')).toEqual([{ version: 3, policy: samplePolicy(hoursOf({}, { to: '10:00' })) }]);
    });

    it('are no more than the relay takes', async () => {
      await open(<PolicyPanel />, { getPolicy: version(3, hoursOf(...Array(mostSalesWindows - 1).fill({}))) });
      await press('[data-testid=sales-window-add]');
      expect(document.querySelector('[data-testid=sales-window-add]')).toBeNull();
      expect(window(mostSalesWindows - 1)).toBeDefined();
    });

    it('stand as they were typed when they are switched off and on again', async () => {
      await open(<PolicyPanel />, { getPolicy: version(3, hoursOf({}, { to: '09:00' })) });
      await setTime(1, 'last', '11:30');
      await press('[data-testid=sales-hours-on]');
      expect(window(0)).toBeUndefined();
      await press('[data-testid=sales-hours-on]');
      expect([...document.querySelectorAll<HTMLInputElement>('[type=time]')].map(({ value }) => value)).toEqual([
        '08:00',
        '17:00',
        '08:00',
        '11:30',
      ]);
    });
  });

  it.each([
    ['allowed', null, en.dry_run_allowed],
    ['refused', { code: 'number_premium', message: '' }, en.failure_number_premium],
  ])('tries a number that is %s', async (_, refusal, words) => {
    const answer = { number: '+84912345678', class: 'mobile', country: 'VN', dialled: '0912345678', refusal, policyVersion: 3 };
    const sentAs = await open(<PolicyPanel />, { getPolicy: version(3), dryRunPolicy: succeed(answer) });
    await type('[name=dry-run]', '0912 345 678');
    await press('[data-testid=dry-run] button');
    expect(sentAs('dryRunPolicy')).toEqual([{ number: '0912 345 678' }]);
    expect(find('[data-testid=dry-run-answer]').textContent).toContain(words);
  });

  it('tries the number again under the policy just saved', async () => {
    const tried = (refusal: object | null, policyVersion: number) =>
      succeed({ number: '19001234', class: 'premium', country: 'VN', dialled: '19001234', refusal, policyVersion });
    const sentAs = await open(<PolicyPanel />, {
      getPolicy: version(3),
      savePolicy: version(4, { historyDays: 90 }),
      dryRunPolicy: [tried({ code: 'number_premium', message: '' }, 3), tried(null, 4)],
    });
    await type('[name=dry-run]', '19001234');
    await press('[data-testid=dry-run] button');
    await typeNumber('history-days', '90');
    await press('[data-testid=policy] [type=submit]');
    expect(sentAs('dryRunPolicy')).toHaveLength(2);
    expect(find('[data-testid=dry-run-answer]').textContent).toContain(en.dry_run_allowed);
  });
});

describe('DoNotCallPanel', () => {
  it('leaves in the field the lines that hold no number', async () => {
    const sentAs = await open(<DoNotCallPanel />, {
      importDoNotCall: succeed({ added: 1, removed: 0, unreadable: [{ line: 2 }] }),
    });
    await typeText('[data-testid=dnc-lines]', '0912345678,asked\n12,what');
    await press('[data-testid=dnc-import]');
    expect(sentAs('importDoNotCall')).toEqual([{ mode: 'add', csv: '0912345678,asked\n12,what' }]);
    expect(find<HTMLTextAreaElement>('[data-testid=dnc-lines]').value).toBe('12,what');
    expect(find('[data-testid=notice]').textContent).toContain('2');
  });

  it('lets nobody write among the lines that it is being told of', async () => {
    await open(<DoNotCallPanel />, {
      importDoNotCall: [fail('step_up_required'), succeed({ added: 1, removed: 0, unreadable: [] })],
    });
    await typeText('[data-testid=dnc-lines]', '0912345678');
    await press('[data-testid=dnc-import]');
    const isOpen = () => [
      !find<HTMLTextAreaElement>('[data-testid=dnc-lines]').readOnly,
      !find<HTMLInputElement>('[type=file]').disabled,
    ];
    expect(isOpen()).toEqual([false, false]);
    await confirm();
    expect(isOpen()).toEqual([true, true]);
  });

  it.each([
    ['that did not end in time', 'relay_timeout', en.dnc_maybe_running],
    ['beside another one', 'version_conflict', en.dnc_running],
    ['that another relay finds too large', 'too_large', en.dnc_too_large],
    ['without the network', 'relay_unreachable', en.failure_relay_unreachable],
  ] as const)('says of an import %s what to do, and keeps its lines', async (_, code, words) => {
    await open(<DoNotCallPanel />, { importDoNotCall: fail(code) });
    await typeText('[data-testid=dnc-lines]', '0912345678');
    await press('[data-testid=dnc-import]');
    expect(find('[data-testid=notice]').textContent).toBe(words);
    expect(find<HTMLTextAreaElement>('[data-testid=dnc-lines]').value).toBe('0912345678');
  });

  it('sends no list that the relay would refuse for its length', async () => {
    const sentAs = await open(<DoNotCallPanel />, {});
    await typeText('[data-testid=dnc-lines]', 'ố'.repeat(2_700_000));
    await press('[data-testid=dnc-import]');
    expect(sentAs('importDoNotCall')).toEqual([]);
    expect(find('[data-testid=notice]').textContent).toBe(en.dnc_too_large);
  });

  it('adds a number that an agent noted with one press, after the passphrase, and says so', async () => {
    const one = (number: string) => ({ number, at: Date.UTC(2020, 2, 2, 3), agent: { id: agentRecord().id, name: 'Lan; =1' } });
    const [first, second] = [one('+84912345678'), one('+842837312345')];
    const sentAs = await open(<DoNotCallPanel />, {
      listAskedNotToCall: [succeed([first, second]), succeed([second])],
      importDoNotCall: [fail('step_up_required'), succeed({ added: 1, removed: 0, unreadable: [] })],
    });
    const rows = () =>
      [...document.querySelectorAll('[data-testid=asked-number] .row-main')].map(({ textContent }) => textContent);
    expect(rows()).toEqual([
      '+84 912 345 678Lan; =1 noted it on the call of 2 Mar 2020, 10:00',
      '+84 28 3731 2345Lan; =1 noted it on the call of 2 Mar 2020, 10:00',
    ]);
    await press('[data-testid=asked-number] button');
    await confirm();
    const csv = '+84912345678,"Asked not to be called (Lan; \'=1, 2020-03-02)"\r\n';
    expect(sentAs('importDoNotCall')).toEqual(Array(2).fill({ mode: 'add', csv }));
    expect(find('[data-testid=do-not-call] > [role=status]').textContent).toContain('+84 912 345 678');
    expect(rows()).toHaveLength(1);
  });

  it.each([
    ['refused', fail('version_conflict'), en.dnc_running],
    ['not read', succeed({ added: 0, removed: 0, unreadable: [{ line: 1 }] }), en.failure_number_invalid],
  ])('says of a number that was %s why it is not on the list', async (_, answer, words) => {
    const asked = [{ number: '+84912345678', at: 1, agent: { id: agentRecord().id, name: 'Lan' } }];
    await open(<DoNotCallPanel />, { listAskedNotToCall: succeed(asked), importDoNotCall: answer });
    await press('[data-testid=asked-number] button');
    expect(find('[data-testid=notice]').textContent).toBe(words);
    find('[data-testid=asked-number]');
  });

  it('replaces the whole list only after asking', async () => {
    const sentAs = await open(<DoNotCallPanel />, { importDoNotCall: succeed({ added: 1, removed: 9, unreadable: [] }) });
    await typeText('[data-testid=dnc-lines]', '0912345678');
    await choose('[data-testid=do-not-call] select', 'replace');
    await press('[data-testid=do-not-call] .button-danger');
    expect(sentAs('importDoNotCall')).toEqual([]);
    await press('[data-testid=do-not-call] .button-danger-solid');
    expect(sentAs('importDoNotCall')).toEqual([{ mode: 'replace', csv: '0912345678' }]);
  });
});

describe('LocksPanel', () => {
  it.each([
    ['it', succeed(null)],
    ['one that somebody else lifted before', fail('not_found')],
  ])('lifts %s', async (_, answer) => {
    const lock = { agentId: agentRecord().id, name: 'Lan', lockedAt: Date.now() };
    const sentAs = await open(<LocksPanel onLocked={() => {}} />, {
      listLocks: [succeed([lock]), succeed([])],
      unlockAgent: answer,
    });
    await press('[data-testid=lock] button');
    expect(sentAs('unlockAgent')).toEqual([lock.agentId]);
    expect(find('[data-testid=locks]').textContent).toContain(en.locks_empty);
  });
});

it('tells how long ago a lock came by the relay’s clock', async () => {
  const offset = 3_600_000;
  await clockOffsetItem.setValue(offset);
  const lock = { agentId: agentRecord().id, name: 'Lan', lockedAt: Date.now() + offset - 12 * 60_000 };
  await open(<LocksPanel onLocked={() => {}} />, { listLocks: succeed([lock]) });
  expect(find('[data-testid=lock]').textContent).toContain('12 minutes ago');
  await clockOffsetItem.removeValue();
});

it('shows a lock of meanwhile to an admin who comes back to the view', async () => {
  const lock = { agentId: agentRecord().id, name: 'Lan', lockedAt: Date.now() };
  await open(<LocksPanel onLocked={() => {}} />, { listLocks: [succeed([]), succeed([lock])] });
  await comeBack();
  expect(find('[data-testid=lock]').textContent).toContain('Lan');
});

describe('AuditPanel', () => {
  const line = (seq: number) => ({
    seq,
    at: 0,
    actor: `agent:${agentRecord().id}`,
    action: 'policy.change',
    subject: 'policy',
    detail: { version: 4 },
    hash: 'a'.repeat(64),
  });
  const page = (...seqs: number[]) => succeed({ lines: seqs.map(line), nextBefore: seqs.at(-1) ?? null });

  it.each([
    ['what is new on top', page(10, 9, 8), ['10 ·', '9 ·', '8 ·']],
    ['nothing new', page(9, 8), ['9 ·', '8 ·']],
    ['the newest alone when something is missing between', page(20, 19), ['20 ·', '19 ·']],
  ])('shows %s to an admin who comes back to the view', async (_, later, shown) => {
    await open(<AuditPanel region="VN" />, { listAgents: succeed([]), readAudit: [page(9, 8), later] });
    await comeBack();
    const titles = [...document.querySelectorAll('[data-testid=audit-line] time')].map((time) => time.getAttribute('title'));
    expect(titles.map((title) => title?.slice(0, title.indexOf('·') + 1))).toEqual(shown);
  });

  it('names agents and goes on where the page before ended', async () => {
    const sentAs = await open(<AuditPanel region="VN" />, {
      listAgents: succeed([agentRecord()]),
      readAudit: [succeed({ lines: [line(9)], nextBefore: 9 }), succeed({ lines: [line(8)], nextBefore: null })],
    });
    await press('[data-testid=audit-more]');
    expect(sentAs('readAudit')).toEqual([{}, { before: 9 }]);
    const rows = [...document.querySelectorAll('[data-testid=audit-line]')].map(({ textContent }) => textContent);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toContain(agentRecord().name);
    expect(rows[0]).toContain(en['action_policy.change']);
    // A value written by a newer relay is shown unchanged.
    expect(rows[0]).toContain('version: 4');
  });

  it('keeps an older page that comes while the newest lines are asked for, and names whoever is new in these', async () => {
    const late = Promise.withResolvers<ReturnType<typeof page>>();
    const other = agentRecord({ id: '00000000-0000-4000-8000-000000000120', name: 'Mai' });
    const fresh = { ...line(10), subject: `agent:${other.id}` };
    await open(<AuditPanel region="VN" />, {
      listAgents: [succeed([agentRecord()]), succeed([agentRecord(), other])],
      readAudit: [page(9, 8), () => late.promise, page(7)],
    });
    await comeBack();
    await press('[data-testid=audit-more]');
    late.resolve(succeed({ lines: [fresh, line(9), line(8)], nextBefore: 8 }));
    await settle();
    const rows = [...document.querySelectorAll('[data-testid=audit-line]')];
    expect(rows.map((row) => row.querySelector('time')?.title.split(' ')[0])).toEqual(['10', '9', '8', '7']);
    expect(rows[0]?.textContent).toContain('Mai');
  });

  it('is whole again for an admin who comes back once the relay answers: no failure, and names instead of ids', async () => {
    await open(<AuditPanel region="VN" />, {
      listAgents: [fail('relay_unreachable'), succeed([agentRecord()])],
      readAudit: [fail('relay_unreachable'), page(9, 8)],
    });
    expect(find('[data-testid=notice]').textContent).toContain(en.failure_relay_unreachable);
    await comeBack();
    expect(document.querySelector('[data-testid=notice]')).toBeNull();
    expect(find('[data-testid=audit-line]').textContent).toContain(agentRecord().name);
  });

  it('names agents who could not be asked for while its lines could', async () => {
    await open(<AuditPanel region="VN" />, {
      listAgents: [fail('relay_unreachable'), fail('relay_unreachable'), succeed([agentRecord()])],
      readAudit: page(9, 8),
    });
    expect(find('[data-testid=audit-line]').textContent).not.toContain(agentRecord().name);
    await comeBack();
    expect(find('[data-testid=audit-line]').textContent).toContain(agentRecord().name);
  });

  const shownLines = () =>
    [...document.querySelectorAll('[data-testid=audit-line] time')].map((time) => time.getAttribute('title')?.[0]);
  async function choose(agent: string) {
    const select = find<HTMLSelectElement>('[data-testid=audit] select');
    select.value = agent;
    await act(() => void select.dispatchEvent(new Event('change', { bubbles: true })));
    await settle();
  }

  it('shows the lines of one agent and one number, and older ones of these', async () => {
    const lan = agentRecord();
    const sentAs = await open(<AuditPanel region="VN" />, {
      listAgents: succeed([lan]),
      readAudit: [page(9, 8), page(7), fail('number_invalid'), page(5), succeed({ lines: [], nextBefore: null })],
    });
    await choose(lan.id);
    expect(shownLines()).toEqual(['7']);
    await type('[name=audit-number]', ' 091234567 ');
    await press('[data-testid=audit] [type=submit]');
    expect(find('[data-testid=audit] [role=alert]').textContent).toBe(en.failure_number_invalid);
    expect(shownLines()).toEqual([]);
    await type('[name=audit-number]', '0912 345 678');
    await press('[data-testid=audit] [type=submit]');
    await press('[data-testid=audit-more]');
    expect(shownLines()).toEqual(['5']);
    await choose('');
    expect(find('[data-testid=audit]').textContent).toContain(en.audit_no_match);
    const [agent, number] = [lan.id, '0912 345 678'];
    const asked = [{}, { agent }, { agent, number: '091234567' }, { agent, number }, { agent, number, before: 5 }, { number }];
    expect(sentAs('readAudit')).toEqual(asked);
  });

  const change = async (selector: string, value: string) => {
    const field = find<HTMLInputElement>(selector);
    field.value = value;
    await act(() => void field.dispatchEvent(new Event('change', { bubbles: true })));
    await settle();
  };

  it('shows the lines of one kind of action and of days, which may be open at an end', async () => {
    const sentAs = await open(<AuditPanel region="VN" />, { listAgents: succeed([]), readAudit: page() });
    expect(find('[data-testid=audit]').textContent).toContain(en.audit_empty);
    const selects = [...document.querySelectorAll<HTMLSelectElement>('[data-testid=audit] select')];
    const [said = [], action] = [[...(selects[1]?.options ?? [])].map(({ text }) => text), 'recording.play'];
    expect(said[0]).toBe(en.audit_everything);
    expect(said).toContain(en['action_recording.play']);
    const select = selects[1] as HTMLSelectElement;
    select.value = action;
    await act(() => void select.dispatchEvent(new Event('change', { bubbles: true })));
    await settle();
    const from = Date.parse('2026-03-02T00:00+07:00');
    await change('[name=audit-from]', '2026-03-02');
    await change('[name=audit-to]', '2026-03-01');
    expect(find('[data-testid=audit] [role=alert]').textContent).toBe(en.days_backwards);
    await change('[name=audit-to]', '2026-03-02');
    expect(document.querySelector('[data-testid=audit] [role=alert]')).toBeNull();
    await change('[name=audit-from]', '');
    const to = from + 86_400_000;
    expect(sentAs('readAudit')).toEqual([{}, { action }, { action, from }, { action, from, to }, { action, to }]);
    expect(find('[data-testid=audit]').textContent).toContain(en.audit_no_match);
  });

  it('keeps who was chosen while the days run backwards, says so, and reads nothing for such days', async () => {
    const lan = agentRecord();
    const sentAs = await open(<AuditPanel region="VN" />, { listAgents: succeed([lan]), readAudit: page() });
    const from = Date.parse('2026-03-02T00:00+07:00');
    await change('[name=audit-from]', '2026-03-02');
    await change('[name=audit-to]', '2026-03-01');
    await choose(lan.id);
    expect(find<HTMLSelectElement>('[data-testid=audit] select').value).toBe(lan.id);
    expect(find('[data-testid=audit] [role=alert]').textContent).toBe(en.days_backwards);
    await change('[name=audit-to]', '2026-03-02');
    const [agent, to] = [lan.id, from + 86_400_000];
    expect(sentAs('readAudit')).toEqual([{}, { from }, { agent, from }, { agent, from, to }]);
  });

  it('says of a playback which call it was, and saves it so with the lines that are not shown', async () => {
    const blobs: Blob[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      blobs.push(blob as Blob);
      return 'blob:x';
    });
    const subject = `call:${'c'.repeat(32)}`;
    const played = {
      ...line(9),
      action: 'recording.play',
      subject,
      detail: {},
      call: { startedAt: Date.parse('2026-03-01T17:05:00+07:00'), number: '+84912345678' },
    };
    const lan = agentRecord();
    const sentAs = await open(<AuditPanel region="VN" />, {
      listAgents: succeed([lan]),
      readAudit: [
        succeed({ lines: [played], nextBefore: 9 }),
        succeed({ lines: [played], nextBefore: 9 }),
        succeed({ lines: [{ ...played, seq: 8, call: null }], nextBefore: null }),
      ],
    });
    expect(find('[data-testid=audit-line]').textContent).toContain('Call with 0912 345 678, 2026-03-01 17:05:00');
    await press('[data-testid=audit-save]');
    expect(sentAs('readAudit').slice(1)).toEqual([{ limit: 200 }, { limit: 200, before: 9 }]);
    const rows = ((await blobs[0]?.text()) ?? '').trim().split('\r\n');
    expect(rows).toHaveLength(3);
    expect(rows[1]).toMatch(
      /^1970-01-01 08:00:00,[^,]+,Recording played,"Call with 0912 345 678, 2026-03-01 17:05:00",\+84912345678,2026-03-01 17:05:00,/,
    );
    expect(rows[2]).toContain(`${en.audit_call_forgotten},,,`);
    expect(find('[data-testid=audit] .field-good').textContent).toContain('dialside-audit-');
  });

  it('leaves out what comes late for another choice', async () => {
    const late = Promise.withResolvers<ReturnType<typeof page>>();
    await open(<AuditPanel region="VN" />, { listAgents: succeed([agentRecord()]), readAudit: [() => late.promise, page(7)] });
    await choose(agentRecord().id);
    late.resolve(page(9, 8));
    await settle();
    expect(shownLines()).toEqual(['7']);
  });

  it('names a browser that was shut out as it was called when it connected', async () => {
    const subject = 'device:00000000-0000-4000-8000-000000000008';
    const lines = [
      { ...line(9), action: 'device.revoke', subject, detail: {} },
      { ...line(8), action: 'device.enrol', subject, detail: { deviceName: 'Firefox' } },
    ];
    await open(<AuditPanel region="VN" />, {
      listAgents: succeed([agentRecord()]),
      readAudit: succeed({ lines, nextBefore: null }),
    });
    expect(find('[data-testid=audit-line] td:last-child').textContent).toBe(`Firefox (${agentRecord().name})`);
  });

  it('says of a policy what changed in it, and all of it where the one before is not shown', async () => {
    const change = (seq: number, more: object) => ({ ...line(seq), detail: { policy: { ...samplePolicy(), ...more } } });
    const window = { from: '08:00', to: '17:00', days: [1], classes: ['mobile'] };
    const earlier = change(5, { salesHours: { timeZone: 'UTC', windows: [window], override: false } });
    const lines = [change(9, { historyDays: 90 }), line(8), change(7, {}), { ...line(6), detail: { policy: 'odd' } }, earlier];
    await open(<AuditPanel region="VN" />, {
      listAgents: succeed([]),
      readAudit: succeed({ lines, nextBefore: null }),
    });
    const shown = [...document.querySelectorAll('[data-testid=audit-line]')].map((row) =>
      [...row.querySelectorAll('td:last-child > ul > li')].map(({ textContent }) => textContent),
    );
    expect(shown).toEqual([['days kept: 90'], ['version: 4'], [], ['Policy: odd'], []]);
    expect(find('[data-testid=audit-line]:nth-child(5) details').textContent).toContain('08:00–17:00, Monday, Mobile, UTC');
    expect(find('[data-testid=audit-line]:nth-child(3) details').textContent).toContain('days kept: 365');
  });
});

async function comeBack() {
  await act(() => void window.dispatchEvent(new Event('focus')));
  await settle();
}

async function typeNumber(name: string, value: string) {
  const input = find<HTMLInputElement>(`[name=${name}]`);
  // happy-dom does not keep valueAsNumber in step with value.
  Object.defineProperty(input, 'valueAsNumber', { value: value === '' ? Number.NaN : Number(value), configurable: true });
  await act(() => void input.dispatchEvent(new Event('input', { bubbles: true })));
  await settle();
}

async function choose(selector: string, value: string) {
  const select = find<HTMLSelectElement>(selector);
  select.value = value;
  await act(() => void select.dispatchEvent(new Event('change', { bubbles: true })));
}

async function typeText(selector: string, value: string) {
  const field = find<HTMLTextAreaElement>(selector);
  field.value = value;
  await act(() => void field.dispatchEvent(new Event('input', { bubbles: true })));
}
