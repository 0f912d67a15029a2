import { type AuditDetail, type AuditPage, auditActions, auditDetails } from '../../relay/contract.ts';
import type { TextKey } from '../../utils/i18n/en.ts';
import type { Format } from '../../utils/i18n/format.ts';
import type { Translate } from '../../utils/i18n/translate.ts';
import { peerText } from '../view/peer-text.ts';

export interface AuditWords {
  /** The name of the agent, browser or thing with this `kind:id`. */
  who(id: string): string;
  /** What a line is about; of a call, with whom it was and when, as long as it is kept. */
  subject(line: Pick<AuditPage['lines'][number], 'subject' | 'call'>): string;
  /** Null for what is not known here. */
  action(action: string): string | null;
  /** Name and value of one detail. */
  detail(name: string, value: unknown): [name: string, value: string];
}

/**
 * Words for the entries of the audit log.
 * @param names of agents and browsers by `agent:<id>` and `device:<id>`
 * @param region whose numbers are shown in national format
 */
export function auditWords(
  t: Translate<TextKey>,
  format: Format,
  names: ReadonlyMap<string, string>,
  region: string,
): AuditWords {
  const things = new Map<string, TextKey>([
    ['relay', 'audit_relay'],
    ['command-line', 'audit_command_line'],
    ['do-not-call', 'section_do_not_call'],
  ]);
  const who = (id: string): string => {
    const known = names.get(id);
    const [kind, rest = ''] = id.split(/:(.*)/s);
    const thing = things.get(id);
    if (known !== undefined) return known;
    if (thing) return t(thing);
    if (kind === 'call' || kind === 'device') return t(`audit_${kind}`);
    if (kind === 'policy' && rest !== '') return t('audit_version', { version: rest });
    return kind === 'number' ? rest : id;
  };
  const yesNo = (value: unknown) => (typeof value === 'boolean' ? t(value ? 'yes' : 'no') : null);
  const says: Partial<Record<AuditDetail, (value: unknown) => string | null>> = {
    accepted: yesNo,
    active: yesNo,
    agent: (value) => names.get(String(value)) ?? null,
    removed: listText,
    replace: yesNo,
    device: (value) => names.get(`device:${value}`) ?? null,
    numbers: (value) => (typeof value === 'number' ? format.count(value) : null),
    passphrase: (value) => (value === 'set' ? t('audit_set') : null),
    sipPassword: (value) => (value === 'set' ? t('audit_set') : null),
    role: (value) => (value === 'agent' || value === 'admin' ? t(`role_${value}`) : null),
    sipDevices: devicesText,
    username: (value) => (value === null ? t('audit_none') : null),
    sipUser: (value) => (value === null ? t('audit_none') : null),
    why: (value) => (value === 'burst' ? t('audit_burst') : null),
  };
  return {
    who,
    subject({ subject, call }) {
      // An older relay does not say which call it was.
      if (call === undefined) return who(subject);
      if (call === null) return t('audit_call_forgotten');
      return t('audit_call_with', { number: peerText(call.number, region, t), time: format.stamp(call.startedAt) });
    },
    action: (action) => (isOf(auditActions, action) ? t(`action_${action}`) : null),
    detail(name, value) {
      const asWritten = typeof value === 'string' ? value : JSON.stringify(value);
      return isOf(auditDetails, name) ? [t(`detail_${name}`), says[name]?.(value) ?? asWritten] : [name, asWritten];
    },
  };
}

function isOf<Known extends string>(all: readonly Known[], one: string): one is Known {
  return (all as readonly string[]).includes(one);
}

function listText(value: unknown): string | null {
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.join(', ') : null;
}

/** `Desk · 101, 102`, or null when it is no list of devices. */
function devicesText(value: unknown): string | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const devices = value.map((device: { name?: unknown; sipUser?: unknown } | null) =>
    [device?.name, device?.sipUser].filter((part) => typeof part === 'string' && part !== '').join(' · '),
  );
  return devices.every((device) => device !== '') ? devices.join(', ') : null;
}
