import * as v from 'valibot';

/** A text or a number as AntBuddy sends it. Control characters carry nothing, and PostgreSQL refuses the zero byte. */
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
