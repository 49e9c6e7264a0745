import { t } from '../texts.js';
import { exact } from '../times.js';
import { fill, h } from '../ui/dom.js';
import { button, empty, failure, table } from '../ui/parts.js';
import { duration, mark, percent } from './marks.js';
import { paged } from './paged.js';
import { promise } from './promise.js';

/** Service level agreements, and how far they are kept. */
export async function show(body) {
  const place = h('div', { class: 'stack' });
  const outcome = h('div');
  const draw = () => paged(place, 'monitoring/slas', { limit: 100 }, (items) => levels(items, open), () => empty(t('slas.none'), t('slas.none.next')));
  const open = (name) => promise(name, draw).catch((error) => fill(outcome, failure(error)));
  fill(body, h('div', {}, button(t('sla.new'), () => open(null), { class: 'main', 'aria-haspopup': 'dialog' })), outcome, place);
  await draw();
}

function levels(items, open) {
  return table(t('operations.slas'), [
    { title: t('slas.name'), cell: (one) => one.name },
    { title: t('slas.promise'), cell: (one) => promised(one) },
    { title: t('load.state'), cell: (one) => (one.measurement.kept === null ? h('span', { class: 'mark' }, t('slas.few')) : mark(one.measurement.kept ? 'KEPT' : 'BROKEN')) },
    { title: t('slas.compliance'), number: true, cell: (one) => percent(one.measurement.compliance) },
    { title: t('slas.events'), number: true, cell: (one) => t('slas.bad', { bad: exact(one.measurement.bad), events: exact(one.measurement.events) }) },
    { title: t('slas.budget'), number: true, cell: (one) => percent(one.measurement.budgetLeft) },
    { title: t('anomalies.do'), cell: (one) => button(t('sla.open'), () => open(one.name), { 'aria-haspopup': 'dialog', 'aria-label': t('sla.change', { name: one.name }) }) },
  ], items, { unseen: true });
}

function promised(sla) {
  const bound = sla.bound ? duration(sla.bound) : sla.boundMs ? `${exact(sla.boundMs)} ms` : sla.least !== null ? exact(sla.least) : '';
  return [t(`slas.${sla.kind}`, { bound }), ' ', h('span', { class: 'soft small' }, t('slas.of', { what: sla.dataset ?? sla.layout ?? sla.route ?? t('slas.everything'), objective: percent(sla.objective), window: duration(sla.window) }))];
}
