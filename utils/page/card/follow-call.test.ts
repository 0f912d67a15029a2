import { expect, it } from 'vitest';
import type { CallProgress } from '../caller.ts';
import { followCall } from './follow-call.ts';

const MINUTE = 60_000;
const talking: CallProgress = { stage: 'talking', since: 0, live: true, signals: true };
const ended: CallProgress = { ...talking, stage: 'ended' };
const opening: CallProgress = { stage: 'sent', since: 0, live: false, signals: false };
const absent: CallProgress = { ...opening, signals: true };

/** What is reported of a call that was visible, then out of view for `away` ms, and is visible again while these answers come. */
async function comeBack(away: number, first: CallProgress, answers: CallProgress[]): Promise<string[]> {
  let time = 0;
  let isSeen = true;
  let next = first;
  let tick = () => {};
  const told: string[] = [];
  const stop = followCall({
    ask: async () => next,
    isSeen: () => isSeen,
    tell: (stage, seconds) => told.push(stage === 'talking' ? `${stage} ${seconds}` : stage),
    delay(work) {
      tick = work;
      return () => {
        tick = () => {};
      };
    },
    now: () => time,
  });
  const second = async (passed = 1_000) => {
    time += passed;
    tick();
    await new Promise((resolve) => setTimeout(resolve));
  };
  await second();
  isSeen = false;
  await second(away);
  isSeen = true;
  told.length = 0;
  for (const answer of answers) {
    next = answer;
    await second();
    await second();
  }
  stop();
  return told;
}

it.each<[name: string, away: number, first: CallProgress, answers: CallProgress[], told: string[]]>([
  ['which goes on', MINUTE, talking, [opening, talking], ['talking 64', 'talking 65']],
  ['which ended meanwhile', MINUTE, talking, [opening, ended], ['ended']],
  ['whose end nobody repeats any more', 6 * MINUTE, talking, [opening, opening, absent], ['ended']],
  ['whose end would still be repeated', MINUTE, talking, Array(5).fill(absent), ['lost']],
  ['of which no signals come', 6 * MINUTE, talking, Array(5).fill(opening), ['lost']],
  ['that was never heard of', 6 * MINUTE, { ...opening, live: true }, [opening, ...Array(4).fill(absent)], ['lost']],
])('to somebody who comes back to a talk %s no more is told than is known', async (_, away, first, answers, told) => {
  expect(await comeBack(away, first, answers)).toEqual(told);
});
