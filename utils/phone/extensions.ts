const words = [
  'ext(?:ension|n)?\\.?',
  '(?:(?:m[aá]y|s[oố])\\s*)?l[eẻ]',
  'line',
  '(?:s[oố]\\s*)?n[oộ]i\\s*b[oộ]',
  '(?:m[aá]y\\s*)?nh[aá]nh',
  '(?:press|b[aấ]m|nh[aấ]n)(?:\\s*(?:ph[ií]m|s[oố]))?',
  'Durchwahl',
  'DW',
  'poste',
  'anexo',
  'ramal',
  'interno?',
  'int\\.',
  'доб(?:\\.|авочный)?',
  '内線',
  '分机',
  '[轉转]',
  '내선',
  'ต่อ',
];
// 1: digits after a word, 2: after a lone x or #, 3: RFC 3966, 4: after pauses.
const extension = new RegExp(
  `^\\s*[,;(/-]?\\s*(?:(?:${words.join('|')})[\\s:.\\-=]*(?:s[oố]\\s*)?#?(\\d{1,7})|(?:x|#)\\.?:?\\s?(\\d{1,7})|;ext=(\\d{1,7})|(?:,,+|;;?)(\\d{1,7})#?)(?![\\dA-Za-z]|\\s?(?:l[aầ]n|times))`,
  'i',
);

/** The extension at the very beginning of the text after a number; `length` includes a bracket that wraps it. */
export function readExtension(after: string): { digits: string; length: number } | undefined {
  const found = /\d/.test(after) ? extension.exec(after) : null;
  if (!found) return undefined;
  const digits = found[1] ?? found[2] ?? found[3] ?? found[4] ?? '';
  const length = found[0].length;
  const wrapped = found[0].includes('(') && after[length] === ')';
  return { digits, length: wrapped ? length + 1 : length };
}
