import { always } from './kept.js';

/** The texts of the pages in the language of the reader: one file for each language. */
const LANGUAGES = { en: 'English', de: 'Deutsch' };
const KEY = 'refdata.language';

let texts = {};
let chosen = 'en';

function preferred() {
  const kept = always.get(KEY);
  if (kept in LANGUAGES) return kept;
  return (navigator.languages ?? []).map((language) => language.slice(0, 2)).find((language) => language in LANGUAGES) ?? 'en';
}

export async function load() {
  chosen = preferred();
  texts = (await import(`../texts/${chosen}.js`)).default;
  document.documentElement.lang = chosen;
}

export function choose(language) {
  always.set(KEY, language);
}

export function language() {
  return chosen;
}

export function languages() {
  return Object.entries(LANGUAGES);
}

/** A text by its name; {names} in it are replaced. */
export function t(name, values = {}) {
  const text = texts[name];
  if (text === undefined) {
    console.error(`There is no text ${name} in ${chosen}.`);
    return name;
  }
  return text.replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);
}
