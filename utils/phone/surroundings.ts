import type { RejectReason } from './reasons.ts';

const currencies = 'vnđ|vnd|usd|eur|gbp|jpy|idr|thb|sgd|hkd|twd|myr|inr|aud|cad|krw|cny|php|mxn|brl|chf|czk|pln|sek|nok|dkk|rub';
const signs = '$€£¥₫₹฿₩₽₱';
const currencyBefore = new RegExp(`(?:[${signs}]|(?<![a-z])(?:${currencies}|rp|rs|rm))\\.?\\s?$`, 'i');
const currencyAfter = new RegExp(
  `^\\s?(?:[${signs}%‰°元円원]|(?:${currencies}|đồng|dong|euros?|dollars?|baht|won|yen|руб|zł|kč|kr|tỷ|triệu|nghìn|ngàn|đ(?![/.]\\p{L}))(?!\\p{L}))`,
  'iu',
);
const unitAfter =
  /^\s?(?:kg|km2?|m[2²3]|cm|mm|ml|[kmgt]b|kwh|mah|[gm]?hz|px|pcs|pts|ms|bytes|units?|items?|users?|views?|followers|likes|votes|times|points?|rows?|records?|words?|steps?|people|years?|days|hours?|minutes|seconds|điểm|lượt|cái|chiếc|sản phẩm|sp|ngày|người dùng|đơn vị)(?!\p{L})/iu;
const otherAfter =
  /^\s*[-(]?\s*(?:mst|stk|số tài khoản|tài khoản|cmnd|cccd|imei|tax|account|vietcombank|vcb|techcombank|tcb|mb ?bank|bidv|agribank|vietinbank|acb|tpbank|vpbank|sacombank)(?![\p{L}\d])/iu;

// Scripts that set words apart: in others a number stands against letters without a space.
const spacedLetter = '[\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}]';
const letterBefore = new RegExp(`${spacedLetter}\\p{M}*$`, 'u');
const letterAfter = new RegExp(`^(?:${spacedLetter}|\\p{N})`, 'u');
// Most of what follows a number ends it; only the rest is compared with words.
const speaks = /^\s*[-(]?\s*[^\s\d,.;:|)\]"'!?/]/;
const wordAfter = /^(?:zalo|viber|hoặc|hoac|gặp|or|và)(?!\p{Ll})/iu;
const fileAfter = /^\.[a-z][a-z0-9]{1,4}(?![p{L}\d])/;
const codeAfter = /^(?:[_@=\\^#]|\*+\d|:\d|-?\p{Lu}+\d|,\d\d?(?!\d| ?\p{L})|\/\p{Lu}{1,5}(?:[-/\s\d]|$))/u;
const codeBefore = /[\p{N}_@=#\\^&]$|\d\*+$|(?:^|[^\p{L}\d])(?:\p{Lu}{1,5}|(?=\p{L}*\d)(?=\d*\p{L})[\p{L}\d]+)[-./]$/u;
const addressBefore =
  /:\/\/|^["'(<[]*www\.|[?&][\w-]+=|\.(?:com|net|org|vn|io|me|co|info|app|dev)(?:[/:?]|$)|[\\/][^\s\\/]*[\\/][^\s\\/]*$/i;
const dialLink = /^["'(<[]*(?:tel|callto|sms|sip|whatsapp):\/{0,2}$/i;
const uuidBefore = /(?:^|[^\p{L}\d])(?=[\da-f-]*[a-f])[\da-f]{4,}-(?:[\da-f]{4}-)*$/iu;

export interface Surroundings {
  reject?: RejectReason;
  /** Letters or a mark stand right before the digits: part of a code, unless they are the label of a phone number. */
  glued?: boolean;
}

/** What stands directly before and after digits that begin with `first`: the unbroken word on both sides, currency and units. */
export function surroundings(before: string, after: string, first: string): Surroundings {
  const word = before.slice(startOfWord(before));
  const following = /^\S*/.exec(after)?.[0] ?? '';
  const reject = partOfAddress(word, following) ?? amount(before, after) ?? (following ? partOfCode(following) : undefined);
  if (reject) return { reject };
  if (speaks.test(after) && otherAfter.test(after)) return { reject: 'label' };
  const opened = first === '+' || first === '(';
  return { glued: (word !== '' && ((letterBefore.test(word) && !opened) || codeBefore.test(word))) || /=\s*$/.test(before) };
}

// A pattern anchored at the end would be tried from every character.
function startOfWord(before: string): number {
  let at = before.length;
  while (at > 0 && !/\s/.test(before.charAt(at - 1))) at--;
  return at;
}

function partOfAddress(word: string, following: string): RejectReason | undefined {
  if (word && !dialLink.test(word)) {
    if (addressBefore.test(word)) return 'url';
    if (/@[\w.-]*$/.test(word)) return 'email';
    if (uuidBefore.test(word)) return 'part-of-code';
  }
  if (!following) return undefined;
  if (/^[\w.+-]*@[\p{L}\d]/u.test(following)) return 'email';
  return fileAfter.test(following) ? 'file-name' : undefined;
}

function partOfCode(following: string): RejectReason | undefined {
  const letters = letterAfter.test(following) && !wordAfter.test(following);
  return letters || codeAfter.test(following) ? 'part-of-code' : undefined;
}

function amount(before: string, after: string): RejectReason | undefined {
  if (before && currencyBefore.test(before)) return 'currency';
  if (!speaks.test(after)) return undefined;
  if (currencyAfter.test(after)) return 'currency';
  return unitAfter.test(after) ? 'unit' : undefined;
}
