import { get } from '../api.js';
import { t } from '../texts.js';
import { fill, h } from '../ui/dom.js';
import { empty, field, select, show, tabs } from '../ui/parts.js';
import { facilities } from './dots.js';
import { regions } from './map.js';
import { revisions } from './revisions.js';
import { observations, pattern, picked, worked } from './state.js';

/** Below the chart: how values were revised, and where they are on the map. Nothing of them is loaded before it is asked for. */
export function panels(place, state, data, shown, onchange, signal) {
  const position = data.facets.findIndex((facet) => facet.values === 'regions' || facet.values === 'facilities');
  const choices = [['none', t('panel.none')], ['revisions', t('revisions')], ...(position >= 0 ? [['map', t('map')]] : [])];
  const chosen = choices.some(([key]) => key === state.show) ? state.show : 'none';
  const body = h('div');
  const hadFocus = place.contains(document.activeElement);
  const list = tabs(t('panels'), choices, chosen, (key) => onchange({ show: key === 'none' ? null : key, period: key === 'map' ? state.period : null }), body);
  fill(place, h('div', { class: 'stack' }, list, body));
  if (hadFocus) list.querySelector('[aria-selected="true"]').focus();
  if (chosen === 'revisions') show(body, revisions(state, data, shown.series[0], shown.vintages, signal), (drawn) => drawn);
  else if (chosen === 'map') show(body, onMap(state, data, shown, position, onchange, signal), (drawn) => drawn);
  else fill(body, h('p', { class: 'soft small' }, t('panel.hint')));
}

/** All places of a dataset in one period; of the other dimensions the first value that is picked. */
async function onMap(state, data, shown, position, onchange, signal) {
  if (!shown.periods.length) return empty(t('map.none'), t('map.none.next'));
  const period = shown.periods.includes(state.period) ? state.period : shown.periods.at(-1);
  const codes = picked(state, data.facets);
  const one = shown.series[0];
  const taken = data.facets.map((facet, i) => codes[i][0] ?? one.dimensions[facet.code]);
  const key = pattern(taken.map((code, i) => (i === position ? [] : [code])));
  const answer = await get(observations(state, { key, from: period, to: period }), { signal });
  const facet = data.facets[position];
  const values = new Map(answer.series.filter((series) => series.value.length).map((series) => [series.dimensions[facet.code], series.value.at(-1)]));
  const others = data.facets.map((other, i) => other.names.get(taken[i]) ?? taken[i]).filter((_, i) => i !== position);
  const incomplete = answer.series.filter((series) => (series.coverage?.at(-1) ?? 1) < 1).length;
  const title = `${[data.name, ...others].join(', ')}, ${period}`;
  const unit = answer.series[0]?.unit ?? '';
  const periods = [...shown.periods].reverse();
  return h('div', { class: 'stack' },
    field(t('period'), select(periods, period, (next) => onchange({ period: next }))),
    incomplete > 0 && h('p', { class: 'note warn small' }, t('map.parts', { count: incomplete })),
    facet.values === 'regions' ? await regions(title, values, unit, state.asOf, worked(state)) : await facilities(title, values, unit, state.asOf, worked(state)));
}
