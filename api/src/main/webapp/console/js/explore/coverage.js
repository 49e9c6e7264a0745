import { t } from '../texts.js';
import { number } from '../times.js';
import { h } from '../ui/dom.js';

/** What is worked out of only a part of its values: said where it is drawn, since a sum of three members looks like one of all. */
const NAMED = 6;

/** Whether a value of a series is worked out of a part only. */
export function isPart(one) {
  return Boolean(one.coverage?.some((share) => share !== null && share < 1));
}

/** A sentence for each of these series; null if all are whole. */
export function parts(series) {
  const some = series.filter(isPart);
  if (!some.length) return null;
  return h('div', { class: 'note warn small' }, h('p', {}, h('strong', {}, t('part.title'))), h('ul', {}, some.map((one) => h('li', {}, sentence(one)))), h('p', {}, t('part.next')));
}

function sentence(one) {
  const shares = one.coverage.map((share) => share ?? 1);
  const worst = shares.indexOf(Math.min(...shares));
  const missing = one.missing?.[worst] ?? [];
  const all = { key: one.key, count: shares.filter((share) => share < 1).length, periods: shares.length, period: one.time[worst], share: number(Math.floor(shares[worst] * 1000) / 10, 4) };
  return `${t('part.sentence', all)}${missing.length ? ` ${t('part.missing', { names: missing.slice(0, NAMED).join(', ') + (missing.length > NAMED ? ', …' : ''), count: missing.length })}` : ''}`;
}
