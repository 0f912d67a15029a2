import { createFormat } from '../../utils/i18n/format.ts';
import { createTranslate } from '../../utils/i18n/translate.ts';
import type { Reply } from '../../utils/reply.ts';
import type { Send, View } from '../view/view.ts';
import { en } from './words.ts';

type Answer = Reply<unknown> | ((data: unknown) => Reply<unknown> | Promise<Reply<unknown>>);

interface Sent {
  name: string;
  data: unknown;
}

/** A background with a queue of answers per message; the last answer of a queue repeats. `sent` records the messages in order. */
export function fakeSend(answers: Record<string, Answer | Answer[]>): { send: Send; sent: Sent[] } {
  const sent: Sent[] = [];
  const send = async (name: string, data?: unknown) => {
    sent.push({ name, data });
    const queue = answers[name];
    const answer = Array.isArray(queue) ? (queue.length > 1 ? queue.shift() : queue[0]) : queue;
    if (answer === undefined) throw new Error(`No answer prepared for ${name}.`);
    return typeof answer === 'function' ? answer(data) : answer;
  };
  return { send: send as Send, sent };
}

/** An English view in Vietnam's time zone. */
export function fakeView(send: Send, more: Partial<View> = {}): View {
  return {
    send,
    language: 'en',
    t: createTranslate(en),
    format: createFormat('en', 'Asia/Ho_Chi_Minh'),
    requestHosts: async () => true,
    requestNotifications: async () => true,
    watchLive: () => () => {},
    openOptions() {},
    ownWindow: async () => undefined,
    openKey: async () => '',
    openKeySettings() {},
    watchActiveTab: () => () => {},
    ...more,
  };
}
