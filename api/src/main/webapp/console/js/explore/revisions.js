import { get } from '../api.js';
import { t } from '../texts.js';
import { both, exact, local, number } from '../times.js';
import { h } from '../ui/dom.js';
import { empty } from '../ui/parts.js';
import { observations, worked } from './state.js';

/** How the values of one series were revised: a row for each vintage, a column for each period, coloured by how far a value moved. */
const MOST_VINTAGES = 16;
const MOST_PERIODS = 40;
const STEPS = [0.001, 0.01, 0.05, 0.2];

export async function revisions(state, data, series, vintages, signal) {
  if (!series) return empty(t('revisions.none'), t('revisions.next'));
  const changed = vintages.slice(-MOST_VINTAGES);
  if (changed.length < 2) return empty(t('revisions.one', { series: series.label }), t('revisions.one.next'));
  const seen = await Promise.all(changed.map((vintage) =>
    get(observations(state, { key: series.key, asOf: vintage.at, knownAt: null, last: MOST_PERIODS }), { signal })));
  const columns = seen.map((answer) => new Map((answer.series[0]?.time ?? []).map((time, i) => [time, answer.series[0].value[i]])));
  const periods = [...new Set(columns.flatMap((column) => [...column.keys()]))].sort().slice(-MOST_PERIODS);
  const moved = (i, period) => {
    const [before, now] = [columns[i - 1]?.get(period), columns[i].get(period)];
    if (i === 0 || before === undefined || before === null || now === undefined || now === null) return null;
    return before === 0 ? Math.sign(now) * Infinity || 0 : (now - before) / Math.abs(before);
  };
  const cell = (i, period) => {
    const value = columns[i].get(period);
    const share = moved(i, period);
    const by = Number.isFinite(share) ? `${share > 0 ? '+' : ''}${number(share * 100, 2)} %` : t('revisions.from.zero');
    const plain = exact(value, worked(state));
    const words = share ? `${plain} (${by})` : plain;
    return h('td', { class: `number ${heat(share)}` }, words);
  };
  return h('div', { class: 'stack' },
    h('p', {}, t('revisions.lead', { series: series.label })),
    h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': t('revisions') },
      h('table', { class: 'heat' }, h('caption', { class: 'unseen' }, t('revisions')),
        h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('period')), changed.map((vintage) =>
          h('th', { scope: 'col', class: 'number', title: both(vintage.at) }, local(vintage.publishedAt ?? vintage.at))))),
        h('tbody', {}, [...periods].reverse().map((period) => h('tr', {}, h('th', { scope: 'row' }, period), changed.map((_, i) => cell(i, period))))))),
    h('p', { class: 'small soft legend' }, t('revisions.legend'), ' ',
      ['up', 'down'].map((way) => STEPS.map((step, i) => h('span', { class: `mark heat-${way}-${i}` }, `${way === 'up' ? '+' : '−'}${number(step * 100)} %`)))));
}

/** The class of a cell by the share that its value moved. */
function heat(share) {
  const size = Math.abs(share ?? 0);
  const step = STEPS.findLastIndex((one) => size >= one);
  return step < 0 ? '' : `heat-${share > 0 ? 'up' : 'down'}-${step}`;
}
