import type pageEn from '../i18n/page-en.ts';

export type PageMessages = Record<keyof typeof pageEn, string>;
export type PageMessage = keyof typeof pageEn;
