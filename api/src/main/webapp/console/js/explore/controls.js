import { address, get } from '../api.js';
import { t } from '../texts.js';
import { h } from '../ui/dom.js';
import { field, select } from '../ui/parts.js';
import { longer } from './periods.js';

/** The controls of a chart: its form, and what the platform works out before it is drawn. */
const TRANSFORMS = ['', 'chg', 'pch', 'ch1', 'pc1', 'pca', 'cch', 'cca', 'log', 'index', 'ma', 'ema', 'sum'];
const WITH_NUMBER = { ma: '3', ema: '3', sum: '12' };
const AGGREGATIONS = ['', 'SUM', 'MEAN', 'FIRST', 'LAST', 'MIN', 'MAX'];

let units = null;

/** The units of the same dimension as that of a series, so that its values can be converted. */
export async function convertible(unit) {
  if (!unit) return [];
  units ??= get(address('units', { fields: 'code,name,dimension', limit: 1000 })).then((page) => page.items);
  const all = await units;
  const dimension = all.find((one) => one.code === unit)?.dimension;
  return dimension ? all.filter((one) => one.dimension === dimension) : [];
}

/**
 * @param frame {unit: the unit of the first series as it is stored, units: what it can be converted to, last: the last period}
 * @param onchange is told what becomes of the state
 */
export function controls(state, data, frame, onchange) {
  const [transform, argument] = (state.transform ?? '').split(':');
  const text = (name, label, placeholder) => {
    const input = h('input', { type: 'text', size: 10, value: state[name] ?? '', placeholder, onchange: () => onchange({ [name]: input.value.trim() || null }) });
    return field(label, input);
  };
  const chooseTransform = (chosen) => onchange({
    transform: chosen === 'index' ? `index:${frame.first ?? ''}` : WITH_NUMBER[chosen] ? `${chosen}:${WITH_NUMBER[chosen]}` : chosen || null,
  });
  const places = data.facets.filter((facet) => facet.values === 'regions');
  const longerOnes = longer(data.frequency);
  return h('div', { class: 'stack' },
    h('div', { class: 'row' },
      field(t('chart.form'), select([['', t('chart.line')], ['bar', t('chart.bar')], ['multiples', t('chart.multiples')]], state.chart ?? '', (chart) => onchange({ chart: chart || null }))),
      field(t('chart.scale'), select([['', t('chart.linear')], ['log', t('chart.log')]], state.scale ?? '', (scale) => onchange({ scale: scale || null }))),
      field(t('transform'), select(TRANSFORMS.map((name) => [name, t(`transform.${name || 'none'}`)]), transform, chooseTransform)),
      argument !== undefined && argumentField(transform, argument, onchange),
      text('from', t('from'), frame.first), text('to', t('to'), frame.last)),
    h('details', { open: Boolean(state.unit || state.frequency || state.aggregate) },
      h('summary', {}, t('more.controls')),
      h('div', { class: 'row' },
        frame.units.length > 0 && field(t('unit'), select([['', t('unit.stored', { unit: frame.unit })], ...frame.units.map((one) => [one.code, `${one.code} – ${one.name}`])], state.unit ?? '', (unit) => onchange({ unit: unit || null }))),
        longerOnes.length > 0 && field(t('frequency'), select([['', t('frequency.stored', { name: t(`frequency.${data.frequency}`) })], ...longerOnes.map((one) => [one, t(`frequency.${one}`)])], state.frequency ?? '', (frequency) => onchange({ frequency: frequency || null, ...(!frequency && !state.aggregate && { aggregation: null, minCoverage: null }) }))),
        (state.frequency || state.aggregate) && field(t('aggregation'), select(AGGREGATIONS.filter((name) => state.frequency || !['FIRST', 'LAST'].includes(name)).map((name) => [name, t(`aggregation.${name || 'own'}`)]), state.aggregation ?? '', (aggregation) => onchange({ aggregation: aggregation || null }))),
        (state.frequency || state.aggregate) && field(t('coverage'), select([['', t('coverage.any')], ['1', t('coverage.whole')]], state.minCoverage ?? '', (minCoverage) => onchange({ minCoverage: minCoverage || null }))),
        places.length > 0 && field(t('aggregate'), select([['', t('aggregate.none')], ...places.map((facet) => [facet.code, t('aggregate.of', { name: facet.code })])], state.aggregate ?? '', (aggregate) => onchange({ aggregate: aggregate || null, ...(!aggregate && !state.frequency && { aggregation: null, minCoverage: null }) })), { hint: t('aggregate.hint') }))));
}

function argumentField(transform, argument, onchange) {
  const isPeriod = transform === 'index';
  const input = h('input', {
    type: isPeriod ? 'text' : 'number', min: isPeriod ? null : 1, size: 8, value: argument,
    onchange: () => onchange({ transform: `${transform}:${input.value.trim()}` }),
  });
  return field(t(isPeriod ? 'transform.base' : 'transform.periods'), input);
}
