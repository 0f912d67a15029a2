import { digits, pick, pickWeighted, type Random } from './random.ts';

const mobilePrefixes = [
  '032',
  '033',
  '035',
  '036',
  '037',
  '038',
  '039',
  '070',
  '076',
  '077',
  '079',
  '081',
  '083',
  '084',
  '086',
  '088',
];
const olderMobilePrefixes = ['090', '091', '093', '094', '096', '097', '098'];
/** Eleven-digit numbers, from before the renumbering of 2018. */
const elevenDigitPrefixes = ['0121', '0122', '0123', '0126', '0128', '0162', '0165', '0166', '0168', '0169', '0188'];
const areaCodes = ['024', '028', '0225', '0236', '0292', '0251', '0274', '0203'];

/** A customer's number in the national format that AntBuddy uses; the mix is typical of a trading company in Vietnam. */
export function customerNumber(random: Random): string {
  const make = pickWeighted(random, [
    [mobileNumber, 78],
    [landlineNumber, 12],
    [elevenDigitNumber, 4],
    [serviceNumber, 3],
    [internationalNumber, 3],
  ]);
  return make(random);
}

export function mobileNumber(random: Random): string {
  return pick(random, random() < 0.5 ? mobilePrefixes : olderMobilePrefixes) + digits(random, 7);
}

function landlineNumber(random: Random): string {
  const area = pick(random, areaCodes);
  return `${area}3${digits(random, 10 - area.length)}`;
}

function elevenDigitNumber(random: Random): string {
  return pick(random, elevenDigitPrefixes) + digits(random, 7);
}

function serviceNumber(random: Random): string {
  return pick(random, ['1900', '1800']) + digits(random, random() < 0.5 ? 4 : 6);
}

function internationalNumber(random: Random): string {
  return pick(random, [
    `0065${pick(random, ['8', '9'])}${digits(random, 7)}`,
    `00614${digits(random, 8)}`,
    `001408555${digits(random, 4)}`,
    `008190${digits(random, 8)}`,
  ]);
}
