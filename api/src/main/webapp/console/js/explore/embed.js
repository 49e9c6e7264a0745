import { t } from '../texts.js';
import { fill, h, style } from '../ui/dom.js';
import { empty } from '../ui/parts.js';
import { draw, load } from './chart.js';
import { dataset, MOST_SERIES, read } from './data.js';
import { addressOf, parse } from './state.js';
import { legend } from './values.js';

/** A chart without the rest of the console, for pages of others. */
export async function show(place, url) {
  style('/console/css/explore.css');
  const state = parse(url);
  if (!state.dataset) {
    fill(place, h('h1', {}, t('embed')), empty(t('embed.none'), t('embed.none.next')));
    return t('embed');
  }
  const [data] = await Promise.all([dataset(state.dataset, state.key, state.asOf), load()]);
  const { series } = await read(state, data);
  const chart = h('div', { class: 'drawn' });
  fill(place, h('div', { class: 'stack' }, h('h1', { class: 'embedded' }, data.name), chart, h('ul', { class: 'legend' }, legend(series.slice(0, MOST_SERIES), null)),
    h('p', { class: 'small' }, h('a', { href: addressOf(state), target: '_blank', rel: 'noopener' }, t('embed.open')))));
  if (series.length) draw(chart, series.slice(0, MOST_SERIES), null, { form: state.chart ?? 'line', log: state.scale === 'log' });
  else fill(chart, empty(t('chart.nothing'), t('chart.nothing.next')));
  return data.name;
}
