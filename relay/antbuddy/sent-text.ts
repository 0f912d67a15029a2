import * as v from 'valibot';

/**
 * A text or number as AntBuddy sends it. Control characters are removed: they carry no information, and PostgreSQL rejects the
 * zero byte.
 */
export const SentText = (max: number) =>
  v.pipe(
    v.union([v.string(), v.number()]),
    v.transform((sent) =>
      String(sent)
        .replace(/\p{Cc}/gu, '')
        .trim(),
    ),
    v.maxLength(max),
  );
