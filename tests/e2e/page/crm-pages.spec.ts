import { readdirSync } from 'node:fs';
import { expect, type Harness, test } from './harness.ts';

interface Written {
  /** As displayed; for a call link that shows no number, its address without the scheme. */
  text: string;
  number: string;
  extension?: string;
}

/**
 * Whole pages as agents have them open, each with what should be marked in its `#expected`, in order; `data-home` gives the
 * company's home region where it is not Vietnam.
 */
const pages = new URL('../../fixtures/crm-pages/', import.meta.url);
const leastPrecision = 0.988;
const leastRecall = 0.99;
const longestWaitMs = 1_500;

test('marks the numbers of CRM pages, and what only looks like one not', async ({ crm }) => {
  test.setTimeout(900_000);
  let [written, marked, right] = [0, 0, 0];
  for (const name of readdirSync(pages).sort()) {
    await crm.page.goto(new URL(name, pages).href);
    await crm.start((await crm.page.locator('html').getAttribute('data-home')) ?? undefined);
    const expected = JSON.parse((await crm.page.locator('#expected').textContent()) ?? '[]') as Written[];
    const { missing, extra } = await compare(crm, expected.map(nameOf));
    await crm.inWorld('world.stop()');
    written += expected.length;
    right += expected.length - missing.length;
    marked += expected.length - missing.length + extra.length;
    if (missing.length + extra.length > 0) console.log(name, { missing, extra });
  }
  const [precision, recall] = [right / marked, right / written];
  console.log(`${written} numbers, precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}`);
  expect(precision).toBeGreaterThanOrEqual(leastPrecision);
  expect(recall).toBeGreaterThanOrEqual(leastRecall);
});

/**
 * Waits until everything is marked and no more comes, or for `longestWaitMs`, as late scripts of the page may still add numbers.
 */
async function compare(crm: Harness, expected: string[]) {
  let before = -1;
  for (const start = performance.now(); ; await crm.settle(50)) {
    const extra = (await crm.inWorld<Written[]>('world.visibleMarks()')).map(nameOf);
    const missing = expected.filter((one) => {
      const at = extra.indexOf(one);
      if (at >= 0) extra.splice(at, 1);
      return at < 0;
    });
    const isComplete = missing.length === 0 && extra.length === before;
    before = extra.length;
    if (isComplete || performance.now() - start > longestWaitMs) return { missing, extra };
  }
}

/** The number without spaces, invisible characters and the scheme of an address, which pages write differently. */
function nameOf({ text, number, extension = '' }: Written): string {
  const plain = text.normalize('NFC').replace(/[\s\u00ad\u200b-\u200d\u2060\ufeff]+/g, '');
  return `${number} ${extension} ${plain.replace(/[)\]]$/, '').replace(/^(tel|callto):/i, '')}`;
}
