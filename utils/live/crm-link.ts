import { formatPlain } from '../phone/format-number.ts';
import { isDialable } from '../phone/is-dialable.ts';

/**
 * Whether this is an address into which numbers can be inserted: http or https, with `{number}` or `{national}` somewhere after
 * the host, so that no number can change the host that it is sent to.
 */
export function isCrmTemplate(template: string): boolean {
  const url = URL.parse(template.replaceAll(/\{(number|national)\}/g, '0'));
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  const hasPlainHost = /^https?:\/\/[^/?#{}\\]+[/?#]/i.test(template);
  return isWeb && !url.username && !url.password && hasPlainHost && /\{(number|national)\}/.test(template);
}

/**
 * The address of the CRM's search for a number (E.164 or service digits); null when the template is invalid or the number is not
 * dialable, as with a colleague or a masked number.
 */
export function crmSearchUrl(template: string, number: string, homeRegion: string): string | null {
  if (!isDialable(number) || !isCrmTemplate(template)) return null;
  const national = formatPlain(number, homeRegion);
  const url = template.replaceAll('{number}', encodeURIComponent(number)).replaceAll('{national}', encodeURIComponent(national));
  return URL.parse(url)?.href ?? null;
}
