import { t } from '../texts.js';
import { exact } from '../times.js';
import { h } from '../ui/dom.js';
import { table } from '../ui/parts.js';
import { sign } from './chart.js';

/** The legend of a chart, and the table of its values: the same for those who read instead of looking. */
const MOST_ROWS = 400;

export function legend(series, before) {
  return series.map((one, i) => h('li', {}, sign(i), h('span', {}, one.label, ' ', h('span', { class: 'soft small' }, `${one.key}${one.unit ? ` · ${one.unit}` : ''}`),
    before?.some((other) => other.key === one.key) && h('span', { class: 'soft small' }, ` · ${t('against.dashed')}`))));
}

/** A row for each period, the latest first; a column for each series, and beside it what was before, if that is compared. */
export function values(series, before, data) {
  const rows = data.periods.map((period, i) => ({ period, i })).reverse().slice(0, MOST_ROWS);
  const cell = (column, i) => {
    const status = data.statuses[column]?.[i];
    const value = data.columns[column]?.[i];
    return value === null || value === undefined ? '–' : [exact(value, series[0].worked), status && status !== 'A' ? h('abbr', { class: 'status', title: t('status', { status }) }, status) : null].filter(Boolean);
  };
  const columns = [{ title: t('period'), cell: (row) => row.period }];
  series.forEach((one, k) => {
    columns.push({ title: h('span', {}, one.label, one.unit && h('span', { class: 'soft small' }, ` (${one.unit})`)), number: true, cell: (row) => cell(k, row.i) });
    const then = before?.findIndex((other) => other.key === one.key) ?? -1;
    if (then >= 0) columns.push({ title: t('against.column'), number: true, cell: (row) => cell(series.length + then, row.i) });
  });
  return h('div', { class: 'stack' }, table(t('values'), columns, rows),
    data.periods.length > MOST_ROWS && h('p', { class: 'small soft' }, t('values.more', { count: MOST_ROWS })));
}
