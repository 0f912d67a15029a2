import { formatNational } from '../phone/format-number.ts';
import { isDialable } from '../phone/is-dialable.ts';

/**
 * Whether this is an address that numbers can be put into: http or https, with `{number}` or `{national}` somewhere after the
 * host, so that no number can choose where it is sent.
 */
export function isCrmTemplate(template: string): boolean {
  const url = URL.parse(template.replaceAll(/\{(number|national)\}/g, '0'));
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  const hasPlainHost = /^https?:\/\/[^/?#{}\\]+[/?#]/i.test(template);
  return isWeb && !url.username && !url.password && hasPlainHost && /\{(number|national)\}/.test(template);
}

/** The CRM's search for a number (E.164 or service digits); null where one of the two is none: a colleague or a masked number. */
export function crmSearchUrl(template: string, number: string, homeRegion: string): string | null {
  if (!isDialable(number) || !isCrmTemplate(template)) return null;
  const national = formatNational(number, homeRegion).replace(/[^\d+]/g, '');
  const url = template.replaceAll('{number}', encodeURIComponent(number)).replaceAll('{national}', encodeURIComponent(national));
  return URL.parse(url)?.href ?? null;
}
