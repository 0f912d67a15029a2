import { describe, expect, it, vi } from 'vitest';
import { fail, succeed } from '../../utils/reply.ts';
import { fakeSend } from '../testing/fake-view.ts';
import { createStepUp } from './step-up.ts';

const confirmed = succeed({ stepUpUntil: 0 });
const writeThatWants = (times: number) => {
  let left = times;
  return vi.fn(async () => (left-- > 0 ? fail('step_up_required') : succeed('done')));
};

describe('createStepUp', () => {
  it('runs the write again by itself once the passphrase was right', async () => {
    const { send, sent } = fakeSend({ stepUp: [fail('passphrase_wrong'), confirmed] });
    const stepUp = createStepUp(send);
    const write = writeThatWants(1);
    const result = stepUp.run(write);
    await vi.waitFor(() => expect(stepUp.store.getState().asking).toBe(true));
    await stepUp.confirm('wrong');
    expect(stepUp.store.getState()).toMatchObject({ asking: true, failure: { code: 'passphrase_wrong' } });
    await stepUp.confirm('right');
    expect(await result).toEqual(succeed('done'));
    expect(write).toHaveBeenCalledTimes(2);
    expect(sent.map(({ data }) => data)).toEqual(['wrong', 'right']);
    expect(stepUp.store.getState().asking).toBe(false);
  });

  it('asks once for all writes that wait', async () => {
    const { send, sent } = fakeSend({ stepUp: confirmed });
    const stepUp = createStepUp(send);
    const results = Promise.all([stepUp.run(writeThatWants(1)), stepUp.run(writeThatWants(1))]);
    await vi.waitFor(() => expect(stepUp.store.getState().asking).toBe(true));
    await stepUp.confirm('right');
    expect(await results).toEqual([succeed('done'), succeed('done')]);
    expect(sent).toHaveLength(1);
  });

  it('gives the refusal back when the person cancels', async () => {
    const stepUp = createStepUp(fakeSend({}).send);
    const write = writeThatWants(1);
    const result = stepUp.run(write);
    await vi.waitFor(() => expect(stepUp.store.getState().asking).toBe(true));
    stepUp.cancel();
    expect(await result).toEqual(fail('step_up_required'));
    expect(write).toHaveBeenCalledOnce();
  });

  it('asks nothing about other refusals', async () => {
    const stepUp = createStepUp(fakeSend({}).send);
    expect(await stepUp.run(async () => fail('agent_exists'))).toEqual(fail('agent_exists'));
    expect(stepUp.store.getState().asking).toBe(false);
  });
});
