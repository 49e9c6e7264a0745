import { t } from '../texts.js';
import { h } from '../ui/dom.js';
import { MOST_SERIES } from './data.js';
import { parts } from './coverage.js';
import { start } from './periods.js';

/**
 * What has to be known of a chart before it is believed: what is left out, cut, incomplete, or cannot be drawn.
 *
 * @param unknown what the address has that means nothing here
 */
export function notes(state, now, unknown) {
  const has = now.series.some((one) => one.at.length);
  const some = (test) => now.series.some((one) => one.value.some((value) => value !== null && test(value)));
  return [
    unknown.length > 0 && note(t('address.unknown', { names: unknown.join(', ') })),
    state.from && state.to && begin(state.from) > begin(state.to) && note(t('chart.order', { from: state.from, to: state.to })),
    has && state.transform && !some(() => true) && note(t(state.transform.startsWith('index') ? 'chart.nobase' : 'chart.nowork')),
    parts(now.series.slice(0, MOST_SERIES)),
    now.series.length > MOST_SERIES && note(t('chart.many', { shown: MOST_SERIES, all: now.series.length })),
    now.cut && note(t('chart.cut')),
    state.scale === 'log' && some((value) => value <= 0) && h('p', { class: 'note small' }, t('chart.nolog')),
  ];
}

/** When a period begins; of another text nothing is known. */
function begin(period) {
  return /^-?\d{4}/.test(period) ? start(period) : NaN;
}

function note(text) {
  return h('p', { class: 'note warn small' }, text);
}
