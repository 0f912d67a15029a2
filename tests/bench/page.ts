/** `node tests/bench/page.ts [samples] [name]`: the cost of the page script, each figure beside its floor in the same run. */
import { readFileSync } from 'node:fs';
import { type Browser, chromium } from '@playwright/test';
import { build } from 'rolldown';
import { findChromium } from '../../scripts/browsers.mjs';
import { quantile, round } from './quantiles.ts';

interface Sample {
  result: Record<string, number> | number;
  /** How many numbers are marked, in and outside the viewport. */
  marks: number;
  /** Processor time of the renderer's main thread, because wall-clock time means nothing on a busy machine. */
  cpuMs: number;
  heapMb: number;
}

const cells = (row: number) => [
  `Nguyễn Văn ${'ABCDE'[row % 5]}`,
  `09${String(10_000_000 + row * 1237).slice(0, 8)}`,
  `${(row % 28) + 1}/0${(row % 9) + 1}/2024`,
  `${(row % 900) + 100}.000.000 đ`,
  `KH-${100_000 + row}`,
  'ghi chú',
];
const table = (rows: number) =>
  `<!doctype html><style>td{padding:2px 6px}</style><table><tbody>${Array.from(
    { length: rows },
    (_, row) =>
      `<tr>${cells(row)
        .map((cell) => `<td>${cell}</td>`)
        .join('')}</tr>`,
  ).join('')}</tbody></table>`;
/** Moves the table out of the viewport, so that only reading is measured, without placing buttons. */
const below = (html: string) => html.replace('<table>', '<div style="height:5000px"></div><table>');
const plain = `<!doctype html><main>${'<section><p>Không có số nào ở đây</p><p>x</p></section>'.repeat(400)}</main>`;

const samples = Number(process.argv[2] ?? 5);
const { output } = await build({
  input: new URL('page-world.ts', import.meta.url).pathname,
  write: false,
  output: { format: 'iife', minify: true },
  logLevel: 'silent',
});
const script = output[0].code;
const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });

const cases: Record<string, [html: string, expression: string]> = {
  'the page alone, 5,000 rows': [table(5_000), 'bench.idle(0.5)'],
  'floor, 5,000 rows': [table(5_000), 'bench.floor()'],
  'page script, 5,000 rows': [table(5_000), 'bench.run()'],
  'floor, 5,000 rows below the view': [below(table(5_000)), 'bench.floor()'],
  'page script, 5,000 rows below the view': [below(table(5_000)), 'bench.run()'],
  'page script without finder, 5,000 rows': [table(5_000), 'bench.run(400, stubs.nothing)'],
  'page script with numbers in view only, 5,000 rows': [table(5_000), 'bench.run(400, stubs.few)'],
  'page script with a trivial finder, 5,000 rows': [table(5_000), 'bench.run(400, stubs.simple)'],
  'libphonenumber-js, 5,000 rows': [table(5_000), 'bench.libphonenumber()'],
  'the page alone, no number': [plain, 'bench.idle(0.5)'],
  'page script, no number': [plain, 'bench.run()'],
  'scrolling alone, 500 rows': [table(500), 'bench.scroll()'],
  'scrolling under the page script, 500 rows': [table(500), 'bench.run().then(() => bench.scroll())'],
  'edits alone, 10,000 a second for 5 s': [table(500), 'bench.edit(5)'],
  'edits under the page script': [table(500), 'bench.run().then(() => bench.edit(5))'],
  'idle for 5 s': [table(500), 'bench.run().then(() => bench.idle(5))'],
};
const chosen = Object.entries(cases).filter(([name]) => name.includes(process.argv[3] ?? ''));
const taken = new Map<string, Sample[]>(chosen.map(([name]) => [name, []]));
// The cases alternate, so that other load on the machine affects all alike.
for (let round = 0; round < samples; round++)
  for (const [name, [html, expression]] of chosen)
    if (round < 2 || !name.endsWith(' s')) taken.get(name)?.push(await sample(browser, html, expression));
for (const [name, all] of taken) {
  const cpu = all.map(({ cpuMs }) => cpuMs);
  const heap = all.map(({ heapMb }) => heapMb);
  console.log(
    `${name}: ${round(Math.min(...cpu))} ms of main thread, at the median ${quantile(cpu, 0.5)}, heap +${quantile(heap, 0.5)} MB`,
  );
  console.log(`  ${JSON.stringify(medians(all.map(({ result }) => result)))}, ${all.at(-1)?.marks} marks`);
}
await browser.close();

async function sample(on: Browser, html: string, expression: string): Promise<Sample> {
  const page = await on.newPage();
  const session = await page.context().newCDPSession(page);
  await page.setContent(html);
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 2_000 })));
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id });
  const evaluate = async (code: string) => {
    const answer = await session.send('Runtime.evaluate', {
      expression: code,
      contextId,
      returnByValue: true,
      awaitPromise: true,
    });
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description);
    return answer.result.value;
  };
  await evaluate(script);
  const renderers = await rendererPids(on);
  const heap = await usedHeap();
  const before = mainThreadMs(renderers);
  const result = await evaluate(expression);
  const cpuMs = mainThreadMs(renderers) - before;
  const heapMb = (await usedHeap()) - heap;
  const marks = await evaluate('bench.marks()');
  await page.close();
  return { result, marks, cpuMs, heapMb };

  async function usedHeap(): Promise<number> {
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize / 1e6;
  }
}

/** Each figure at its median. */
function medians(results: Sample['result'][]): Sample['result'] {
  const median = (values: unknown[]) =>
    quantile(
      values.filter((value) => typeof value === 'number'),
      0.5,
    );
  const [first] = results;
  if (typeof first !== 'object') return median(results);
  return Object.fromEntries(Object.keys(first).map((name) => [name, median(results.map((one) => Object(one)[name]))]));
}

async function rendererPids(on: Browser): Promise<number[]> {
  const session = await on.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

/** On Linux the first thread of a process, which is a renderer's main thread, has the process's id. */
function mainThreadMs(pids: number[]): number {
  let sum = 0;
  for (const pid of pids) sum += Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  return sum;
}
