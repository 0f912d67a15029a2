// Cost of finding numbers in table cells, compared with libphonenumber-js over the same cells: node tests/bench/find-numbers.ts
import { findPhoneNumbersInText } from 'libphonenumber-js/max';
import { findNumbers } from '../../utils/phone/find-numbers.ts';
import { round } from './quantiles.ts';

const cells = 30_000;
const rounds = 5;
const options = { region: 'VN' };
const none = { milliseconds: 0, marks: 0 };

let state = 42;
function below(limit: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
}
const digits = (count: number) => Array.from({ length: count }, () => below(10)).join('');
const two = (limit: number) => String(1 + below(limit)).padStart(2, '0');
const names = ['Nguyễn Thị Lan', 'Trần Văn Bảy', 'Công ty TNHH An Phát', 'Lê Hoàng Minh Anh', 'Phạm Thu Trang'];

const kinds: Record<string, () => string> = {
  'mobile, compact': () => `09${digits(8)}`,
  'mobile, spaced': () => `09${digits(2)} ${digits(3)} ${digits(3)}`,
  'mobile, labelled': () => `SĐT: 03${2 + below(8)}${digits(7)}`,
  landline: () => `(028) 3${digits(3)} ${digits(4)}`,
  international: () => `+84 9${digits(2)} ${digits(3)} ${digits(3)}`,
  date: () => `${two(28)}/${two(12)}/20${10 + below(15)}`,
  'date and time': () => `20${10 + below(15)}-${two(12)}-${two(28)} ${two(22)}:${two(58)}:${two(58)}`,
  price: () => `${1 + below(999)}.${digits(3)}.${digits(3)} đ`,
  'order id': () => `DH-2024-${digits(6)}`,
  'long id': () => digits(13),
  'tax code': () => `MST: 03${digits(8)}`,
  address: () => `${below(400)}/${below(90)} Lê Văn Sỹ, P.${below(15)}, Q.${below(12)}`,
  name: () => names[below(names.length)] ?? '',
};

/** The least processor time of each function; the rounds alternate, so that other load on the machine affects all alike. */
function race(...works: (() => number)[]): { milliseconds: number; marks: number }[] {
  const results = works.map(() => ({ milliseconds: Number.POSITIVE_INFINITY, marks: 0 }));
  for (let round = 0; round < rounds; round++) {
    for (const [at, work] of works.entries()) {
      const before = process.cpuUsage();
      const marks = work();
      const { user, system } = process.cpuUsage(before);
      results[at] = { milliseconds: Math.min(results[at]?.milliseconds ?? 0, (user + system) / 1000), marks };
    }
  }
  return results;
}

function compare(texts: string[]) {
  const [ours = none, theirs = none] = race(
    () => texts.reduce((sum, text) => sum + findNumbers(text, options).length, 0),
    () => texts.reduce((sum, text) => sum + findPhoneNumbersInText(text, 'VN').length, 0),
  );
  return {
    cells: texts.length,
    'Dialside µs/cell': round((ours.milliseconds * 1000) / texts.length),
    'libphonenumber-js µs/cell': round((theirs.milliseconds * 1000) / texts.length),
    'times less': round(theirs.milliseconds / ours.milliseconds),
    'Dialside marks': ours.marks,
    'libphonenumber-js marks': theirs.marks,
  };
}

const perKind = Math.ceil(cells / Object.keys(kinds).length);
const table = Object.entries(kinds).map(([kind, make]) => ({ kind, texts: Array.from({ length: perKind }, make) }));
const mixed = table.flatMap(({ texts }) => texts).slice(0, cells);

console.log(`processor time, best of ${rounds} rounds, Node ${process.version}`);
console.table({
  [`all ${cells} cells`]: compare(mixed),
  ...Object.fromEntries(table.map(({ kind, texts }) => [kind, compare(texts)])),
  'one text of 30,000 cells': compare([mixed.join('\n')]),
});
