import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorTable, OutcomeSchema } from '../../relay/contract.ts';
import { menuTexts } from '../background/menu-words.ts';
import { noticeTexts } from '../live/notice-words.ts';
import { brokeOff, extensionErrorCodes } from '../reply.ts';
import { auditEn } from './audit-en.ts';
import { auditVi } from './audit-vi.ts';
import { en as shared } from './en.ts';
import { firstEn } from './first-en.ts';
import { firstVi } from './first-vi.ts';
import { optionsEn } from './options-en.ts';
import { optionsVi } from './options-vi.ts';
import pageEn from './page-en.ts';
import pageVi from './page-vi.ts';
import { vi as sharedVi } from './vi.ts';

const codes = [...Object.keys(errorTable), ...extensionErrorCodes];
/** Codes that only requests other than a call return, or whose sentence the answer itself carries. */
const neverOfCalls = [
  ...['idempotency_key_missing', 'origin_refused', 'method_not_allowed', 'not_found', 'call_not_found', 'too_large'],
  ...['admin_only', 'step_up_required', 'passphrase_required', 'passphrase_wrong', 'passphrase_unset', 'code_invalid'],
  ...['too_many_tries', 'agent_exists', 'last_admin', 'sip_user_missing', 'version_conflict', 'version_missing'],
  ...['no_number_found', 'ticket_invalid', 'download_not_allowed', 'recording_missing', 'recording_refused'],
  ...['relay_url_invalid', 'site_permission_missing', 'crm_template_invalid', 'call_page_unknown'],
  'called_recently',
];
type Dictionary = Record<string, string>;
const en: Dictionary = { ...shared, ...optionsEn };
const vi: Dictionary = { ...sharedVi, ...optionsVi };
const dictionaries: [name: string, en: Dictionary, vi: Dictionary][] = [
  ['views', en, vi],
  ['menu of a selected text', menuTexts.en, menuTexts.vi],
  ['notifications', noticeTexts.en, noticeTexts.vi],
  ['pages', pageEn, pageVi],
  ['audit', auditEn, auditVi],
  ['first steps', firstEn, firstVi],
];
const placeholders = (text = '') => [...text.matchAll(/\{\w+\}|%s/g)].map(String).sort().join();

describe('the dictionaries', () => {
  it.each(codes)('have a sentence for %s in both languages', (code) => {
    for (const dictionary of [en, vi]) expect(dictionary[`failure_${code}`]).toMatch(/\p{L}.+[.!?]$/u);
  });

  it.each(codes.filter((code) => !neverOfCalls.includes(code)))('have a sentence for pages where a call ends with %s', (code) => {
    for (const dictionary of [pageEn, pageVi] as Dictionary[]) expect(dictionary[`error_${code}`]).toMatch(/\p{L}.+[.!?]$/u);
  });

  it.each(brokeOff)('say on pages that %s placed no call: what is in doubt ends as `outcome_unknown`', (code) => {
    expect(pageEn[`error_${code}` as keyof typeof pageEn]).toContain('no call was placed');
    expect(pageVi[`error_${code}` as keyof typeof pageVi]).toContain('nên chưa gọi');
  });

  describe.each(dictionaries)('of the %s', (_, en, vi) => {
    it('have the same keys', () => {
      expect(Object.keys(vi).sort()).toEqual(Object.keys(en).sort());
    });

    it('take the same values in both languages', () => {
      expect(Object.keys(en).filter((key) => placeholders(vi[key]) !== placeholders(en[key]))).toEqual([]);
    });

    it('are translated throughout', () => {
      const isWord = (text = '') => /\p{L}{3}/u.test(text.replace(/\{\w+\}/g, ''));
      expect(Object.keys(en).filter((key) => en[key] === vi[key] && isWord(en[key]))).toEqual([]);
    });
  });

  it('have one Vietnamese word for the call policy', () => {
    const words = dictionaries.flatMap(([, , vi]) => Object.entries(vi));
    expect(words.filter(([, text]) => /quy (định|tắc)/i.test(text))).toEqual([]);
    expect(vi.section_policy).toBe('Chính sách gọi');
    for (const key of ['report_lead', 'clicked_refused', 'failure_number_premium']) expect(vi[key]).toContain('chính sách gọi');
  });

  it('say what came of a call on a page as in the views', () => {
    const said = (words: Dictionary, prefix: string) => OutcomeSchema.options.map((outcome) => words[prefix + outcome]);
    expect(said(pageEn, 'past_outcome_')).toEqual(said(en, 'noted_'));
    expect(said(pageVi, 'past_outcome_')).toEqual(said(vi, 'noted_'));
  });

  it('keep the words of the options out of the other views', () => {
    const components = join(import.meta.dirname, '../../components');
    const ofOptions =
      /^(admin|agents|options-view|settings|ui\/text-file|sites\/site-list|connection\/(connect|connected|language|regain))/;
    const files = readdirSync(components, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
    const used = files
      .filter((file) => !ofOptions.test(file) && !file.includes('.test.'))
      .flatMap((file) => [...readFileSync(join(components, file), 'utf8').matchAll(/'([a-z]+_\w+)'/g)].map(([, key]) => key));
    expect(used.filter((key) => key !== undefined && key in optionsEn)).toEqual([]);
    expect(used.length).toBeGreaterThan(50);
  });
});
