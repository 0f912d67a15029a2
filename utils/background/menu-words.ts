import { en as viewsEn } from '../i18n/en.ts';
import { createTranslate, type Translate } from '../i18n/translate.ts';
import { vi as viewsVi } from '../i18n/vi.ts';
import type { Failure } from '../reply.ts';
import { resolveLanguage } from '../session/resolve-language.ts';

/** The browser replaces `%s` with the selected text. */
const en = {
  title: 'Call “%s”',
  placing: 'Calling {number} …',
  accepted: 'Sent to your device for {number}. Pick up to be connected.',
  extension: 'Extension {extension}: dial it once you are connected.',
  doubtful: 'Look whether this is the number you mean, then call it in Dialside.',
  noNumber: 'There is no phone number in the selected text. Select a number, then right-click it to call.',
  manyNumbers: 'The selected text has more than one number. Select just one, then right-click it to call.',
};
const vi: typeof en = {
  title: 'Gọi “%s”',
  placing: 'Đang gọi {number} …',
  accepted: 'Đã báo thiết bị của bạn đổ chuông để gọi {number}. Hãy nhấc máy để được nối.',
  extension: 'Máy lẻ {extension}: bấm sau khi được nối.',
  doubtful: 'Hãy xem đây có đúng là số bạn muốn gọi không, rồi gọi trong Dialside.',
  noNumber: 'Đoạn đã chọn không có số điện thoại. Hãy bôi đen một số, rồi bấm chuột phải để gọi.',
  manyNumbers: 'Đoạn đã chọn có nhiều số. Hãy chỉ bôi đen một số, rồi bấm chuột phải để gọi.',
};
export const menuTexts = { en, vi };

export interface MenuWords {
  say: Translate<keyof typeof en>;
  /** The sentence for a failure; the failure's own message if its code is unknown here. */
  explain(failure: Failure): string;
}

/** Sentence for an accepted call. @param number formatted for display */
export function acceptedWords(say: MenuWords['say'], number: string, extension: string | undefined): string {
  const sentences = [say('accepted', { number }), extension && say('extension', { extension })];
  return sentences.filter(Boolean).join(' ');
}

/** The texts of the selection menu and of the toolbar button, in the agent's language. */
export async function menuWords(): Promise<MenuWords> {
  const isVietnamese = (await resolveLanguage()) === 'vi';
  const ofViews: Record<string, string> = isVietnamese ? viewsVi : viewsEn;
  return {
    say: createTranslate(isVietnamese ? vi : en),
    explain: ({ code, message }) => ofViews[`failure_${code}`] ?? message,
  };
}
