import type { Policy } from '../../relay/contract.ts';
import type { TextKey } from '../../utils/i18n/en.ts';
import type { Format } from '../../utils/i18n/format.ts';
import type { Translate } from '../../utils/i18n/translate.ts';
import type { PolicyPart } from './policy-draft.ts';
import { dayName } from './sales-window.tsx';

/** Each part of a policy in words. */
export function policyWords(policy: Policy, t: Translate<TextKey>, format: Format): Record<PolicyPart, string> {
  const { countries, openClasses, caps, burst, salesHours, historyDays, recordingDownload } = policy;
  const list = (words: string[]) => words.join(', ') || t('audit_none');
  const capNames = Object.keys(caps) as (keyof typeof caps)[];
  const windows = salesHours?.windows.map(({ from, to, days, classes }) =>
    [`${from}–${to}`, ...days.map((day) => dayName(day, format)), ...classes.map((name) => t(`class_${name}`))].join(', '),
  );
  const hours = salesHours && [
    windows?.join('; ') ?? '',
    salesHours.timeZone,
    ...(salesHours.override ? [t('policy_hours_override')] : []),
  ];
  return {
    countries: list(countries.map(format.country)),
    openClasses: list(openClasses.map((name) => t(`class_${name}`))),
    caps: list(capNames.map((name) => `${t(`policy_${name}`)}: ${format.count(caps[name])}`)),
    burst: t('audit_burst_of', { calls: format.count(burst.calls), minutes: format.count(burst.minutes) }),
    salesHours: list(hours ?? []),
    historyDays: format.count(historyDays),
    recordingDownload: t(recordingDownload ? 'yes' : 'no'),
  };
}
