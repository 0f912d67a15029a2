import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { changeNotice, showNotice } from './show-notice.ts';

const notice = { id: 'incoming:a', title: 'Incoming call', message: '', button: null, isUrgent: true };
let standing: Record<string, boolean>;
let done: string[];
beforeEach(() => {
  [standing, done] = [{}, []];
  Object.assign(fakeBrowser, {
    permissions: { contains: async () => true },
    notifications: {
      create: async (id: string) => {
        done.push('create');
        standing[id] = true;
      },
      update: async (id: string) => {
        done.push('update');
        return id in standing;
      },
      getAll: async () => standing,
    },
  });
});

it.each([
  ['Chromium', false, ['create', 'update'], ['create', 'update']],
  ['Firefox', true, ['create', 'create'], ['create']],
] as const)('in %s what the agent put away does not come back with more words', async (_, isFirefox, stays, putAway) => {
  await showNotice(notice, isFirefox);
  await changeNotice(notice, isFirefox);
  expect(done).toEqual(stays);
  [standing, done] = [{}, []];
  await showNotice(notice, isFirefox);
  standing = {};
  await changeNotice(notice, isFirefox);
  expect([done, standing]).toEqual([putAway, {}]);
});
