import { en, type TextKey } from '../../utils/i18n/en.ts';
import type { Translate } from '../../utils/i18n/translate.ts';
import type { Failure } from '../../utils/reply.ts';

/** One sentence for a person: in their language where the code is known, else the English one the failure carries. */
export function failureText(t: Translate<TextKey>, failure: Failure): string {
  const key = `failure_${failure.code}`;
  return key in en ? t(key as TextKey) : failure.message;
}
