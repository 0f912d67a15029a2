import { createFormat, type Format } from '../i18n/format.ts';
import { createTranslate, type Translate } from '../i18n/translate.ts';
import { resolveLanguage } from '../session/resolve-language.ts';

const en = {
  missedOne: 'Missed call',
  missedMany: '{count} missed calls',
  missedFrom: '{caller}, {time}',
  missedHidden: 'Open Dialside to see who called.',
  incomingHidden: 'Open Dialside to see who is calling.',
  incoming: 'Incoming call',
  incomingFrom: 'Incoming call: {caller}',
  numberWithheld: 'hidden number',
  lastTalk: 'Last spoken {time}',
  lastTry: 'Last call {time}, not answered',
  lastPlaced: 'Last called {time}',
  neverBefore: 'No call with this number before',
  openCrm: 'Open in the CRM',
  badgeOne: '1 number to call back: missed, or asked to be called later',
  badgeMany: '{count} numbers to call back: missed, or asked to be called later',
};
const vi: typeof en = {
  missedOne: 'Cuộc gọi nhỡ',
  missedMany: '{count} cuộc gọi nhỡ',
  missedFrom: '{caller}, {time}',
  missedHidden: 'Mở Dialside để xem ai đã gọi.',
  incomingHidden: 'Mở Dialside để xem ai đang gọi.',
  incoming: 'Có cuộc gọi đến',
  incomingFrom: 'Cuộc gọi đến: {caller}',
  numberWithheld: 'số bị ẩn',
  lastTalk: 'Lần nói chuyện gần nhất: {time}',
  lastTry: 'Cuộc gọi gần nhất: {time}, không ai nghe máy',
  lastPlaced: 'Lần gọi đi gần nhất: {time}',
  neverBefore: 'Chưa từng liên lạc với số này',
  openCrm: 'Mở trong CRM',
  badgeOne: '1 số cần gọi lại: gọi nhỡ hoặc hẹn gọi sau',
  badgeMany: '{count} số cần gọi lại: gọi nhỡ hoặc hẹn gọi sau',
};
export const noticeTexts = { en, vi };

export interface NoticeWords {
  say: Translate<keyof typeof en>;
  format: Format;
}

/** The words of notifications and of the toolbar badge, in the agent's language. */
export async function noticeWords(): Promise<NoticeWords> {
  const language = await resolveLanguage();
  return { say: createTranslate(language === 'vi' ? vi : en), format: createFormat(language) };
}
