import type { TextKey } from '../../utils/i18n/en.ts';
import type { Translate } from '../../utils/i18n/translate.ts';
import type { Failure } from '../../utils/reply.ts';

/** One sentence for a person: in their language where the code is known, else the relay's that the failure carries. */
export function failureText(t: Translate<TextKey>, { code, message }: Failure): string {
  const key = `failure_${code}`;
  const sentence = t(key as TextKey);
  return sentence === key ? message : sentence;
}
