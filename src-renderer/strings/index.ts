import type { Problem } from '../../src-shared/contract/index.ts';
import type { ErrorCode, Facts } from '../../src-shared/errors/index.ts';
import { LANGUAGES, type Language } from './language.ts';
import { problems as problemsDe } from './problems.de.ts';
import { problems as problemsEn } from './problems.en.ts';
import type { Sentence } from './sentence.ts';
import { text as textDe } from './text.de.ts';
import { text as textEn } from './text.en.ts';
import type { Text } from './text.ts';

export const texts: Readonly<Record<Language, Text>> = { en: textEn, de: textDe };
export const problems: Readonly<Record<Language, Readonly<Record<ErrorCode, (facts: Facts) => Sentence>>>> = {
  en: problemsEn,
  de: problemsDe,
};

/** The sentence of a problem, and what a person can copy for whoever helps. */
export function describe(language: Language, { code, facts }: Problem): Sentence & { readonly details: string } {
  const lines = Object.entries(facts).map(([name, value]) => `${name}: ${String(value)}`);
  return { ...problems[language][code](facts), details: [code, ...lines].join('\n') };
}

/** The best of our languages: what was chosen, else what the browser prefers, else English. */
export function pickLanguage(chosen: string | null, preferred: readonly string[]): Language {
  const wanted = [...(chosen === null ? [] : [chosen]), ...preferred].map((tag) => tag.slice(0, 2).toLowerCase());
  for (const tag of wanted) {
    const found = LANGUAGES.find((language) => language === tag);
    if (found !== undefined) return found;
  }
  return 'en';
}

export { LANGUAGES, type Language } from './language.ts';
export type { Sentence } from './sentence.ts';
export type { Text } from './text.ts';
