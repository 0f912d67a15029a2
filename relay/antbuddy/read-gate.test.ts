import { expect, it } from 'vitest';
import { createReadGate } from './read-gate.ts';

it.each([10, 40, 120])('reads that wait as told find the gate open nearly always, at %i requests a minute', (limit) => {
  let now = 0;
  const gate = createReadGate(
    () => now,
    () => 0.5,
  );
  let [windowEnds, count, closedMs] = [0, 0, 0];
  const read = () => {
    now += gate.pauseMs + 50;
    if (now < gate.backOff.until) {
      closedMs += gate.backOff.until - now;
      now = gate.backOff.until;
    }
    const passed = gate.pass();
    if (now >= windowEnds) [windowEnds, count] = [now + 60_000, 0];
    count += 1;
    const isRead = count <= limit;
    if (isRead) gate.open(passed);
    else gate.close(passed);
    return isRead;
  };
  const readPages = (pages: number) => {
    const began = now;
    closedMs = 0;
    for (let page = 0; page < pages; page += Number(read()));
    return { closed: closedMs / (now - began), perMinute: (pages * 60_000) / (now - began) };
  };
  readPages(5 * limit);
  const { closed, perMinute } = readPages(2_000);
  expect(closed).toBeLessThan(0.05);
  expect(perMinute).toBeGreaterThan(limit / 2);
});

it('is open again when the clock was set back since it closed', () => {
  let now = 10_000_000;
  const gate = createReadGate(
    () => now,
    () => 0,
  );
  const busy = expect.objectContaining({ code: 'upstream_busy' });
  gate.close(gate.pass());
  expect(() => gate.pass()).toThrow(busy);
  now -= 3_600_000;
  expect(gate.backOff.until).toBeLessThan(now);
  gate.close(gate.pass());
  expect(gate.backOff.until).toBeGreaterThan(now);
  expect(() => gate.pass()).toThrow(busy);
});
