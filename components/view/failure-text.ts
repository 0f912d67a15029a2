import { errorTable } from '../../relay/contract.ts';
import type { TextKey } from '../../utils/i18n/en.ts';
import type { Translate } from '../../utils/i18n/translate.ts';
import { extensionErrorCodes, type Failure, type FailureCode } from '../../utils/reply.ts';

/** One sentence for a person: in their language where the code is known, else the English one the failure carries. */
export function failureText(t: Translate<TextKey>, failure: Failure): string {
  return isKnown(failure.code) ? t(`failure_${failure.code}`) : failure.message;
}

// The dictionaries have a sentence for each of these; asking them would bring both languages into every view.
function isKnown(code: string): code is FailureCode {
  return Object.hasOwn(errorTable, code) || (extensionErrorCodes as readonly string[]).includes(code);
}
