import { both, local, precise } from '../times.js';
import { t } from '../texts.js';
import { fill, h } from '../ui/dom.js';
import { button, field, select } from '../ui/parts.js';

/**
 * The instants at which the series changed. A slider shows them as they were then: as they were recorded here (`asOf`), or as their provider
 * had published them (`knownAt`); a second one can be laid over it.
 *
 * @param held whether later changes are left out, since the view is that of an instant
 */
export function timeline(state, vintages, held, onchange) {
  const published = Boolean(state.knownAt);
  const name = published ? 'knownAt' : 'asOf';
  const points = published ? publications(vintages) : vintages.map((vintage) => vintage.at);
  const fine = new Set(points.map(local)).size < points.length; // of changes in one minute the seconds tell which is which
  const labelOf = (point) => (fine ? precise(point) : local(point));
  const last = points.length;
  const at = state[name];
  const position = at ? Math.max(0, points.findLastIndex((point) => Date.parse(point) <= Date.parse(at))) : last;
  const words = (i) => (i >= last ? t('asof.now') : `${t(published ? 'asof.published' : 'asof.recorded')} ${fine ? precise(points[i]) : both(points[i])}`);
  const exact = at && !points.includes(at);
  const shown = h('output', {}, exact ? both(at) : words(position));
  const slider = h('input', {
    type: 'range', min: 0, max: last, step: 1, value: String(position), 'aria-valuetext': words(position),
    oninput: () => {
      shown.textContent = words(+slider.value);
      slider.setAttribute('aria-valuetext', shown.textContent);
    },
    onchange: () => onchange({ [name]: +slider.value >= last ? null : points[+slider.value] }),
  });
  const step = (by) => {
    const next = Math.max(0, Math.min(last, +slider.value + by));
    onchange({ [name]: next >= last ? null : points[next] });
  };
  const basis = select([['asOf', t('asof.basis.recorded')], ['knownAt', t('asof.basis.published')]], name, (chosen) => {
    const instants = chosen === 'knownAt' ? publications(vintages) : vintages.map((vintage) => vintage.at);
    onchange({ asOf: null, knownAt: null, against: null, [chosen]: instants.at(-1) ?? null });
  });
  const against = select([['', t('against.none')], ...points.map((point) => [point, labelOf(point)])], state.against ?? '', (chosen) => onchange({ against: chosen || null }));
  return fill(h('div', { class: 'stack timeline' }),
    h('div', { class: 'row' },
      h('div', { class: 'grow' }, field(t('asof'), slider, { hint: t(held ? 'asof.hint.held' : 'asof.hint', { count: vintages.length }) })),
      h('div', { class: 'row' }, button('◀', () => step(-1), { 'aria-label': t('asof.back'), disabled: position === 0 }), button('▶', () => step(1), { 'aria-label': t('asof.on'), disabled: position >= last }))),
    h('p', { class: 'small' }, t('asof.shown'), ' ', h('strong', {}, shown)),
    h('div', { class: 'row' }, field(t('asof.basis'), basis), field(t('against'), against)));
}

/** When the vintages were published, oldest first; what has no day of its own was published when it was recorded. */
function publications(vintages) {
  return [...new Set(vintages.map((vintage) => vintage.publishedAt ?? vintage.at))].sort((a, b) => Date.parse(a) - Date.parse(b));
}
