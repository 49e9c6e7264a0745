import { t } from '../texts.js';
import { number } from '../times.js';
import { h } from '../ui/dom.js';
import { empty, table } from '../ui/parts.js';
import { duration, mark, percent } from './marks.js';
import { paged } from './paged.js';

/** Service level agreements, and how far they are kept. */
export function show(body) {
  return paged(body, 'monitoring/slas', { limit: 100 }, (items) => table(t('operations.slas'), [
    { title: t('slas.name'), cell: (one) => one.name },
    { title: t('slas.promise'), cell: (one) => promise(one) },
    { title: t('load.state'), cell: (one) => (one.measurement.kept === null ? h('span', { class: 'mark' }, t('slas.few')) : mark(one.measurement.kept ? 'KEPT' : 'BROKEN')) },
    { title: t('slas.compliance'), number: true, cell: (one) => percent(one.measurement.compliance) },
    { title: t('slas.events'), number: true, cell: (one) => t('slas.bad', { bad: number(one.measurement.bad), events: number(one.measurement.events, 12) }) },
    { title: t('slas.budget'), number: true, cell: (one) => percent(one.measurement.budgetLeft) },
  ], items, { unseen: true }), () => empty(t('slas.none'), t('slas.none.next'), h('pre', { tabindex: '0' }, 'PUT /api/v1/monitoring/slas/co2-loads\n{"kind": "LOAD_DURATION", "dataset": "CO2", "bound": "PT10M", "objective": 0.95, "window": "P30D"}')));
}

function promise(sla) {
  const bound = sla.bound ? duration(sla.bound) : sla.boundMs ? `${number(sla.boundMs)} ms` : sla.least !== null ? number(sla.least) : '';
  return [t(`slas.${sla.kind}`, { bound }), ' ', h('span', { class: 'soft small' }, t('slas.of', { what: sla.dataset ?? sla.layout ?? sla.route ?? t('slas.everything'), objective: percent(sla.objective), window: duration(sla.window) }))];
}
