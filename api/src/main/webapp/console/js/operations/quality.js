import { t } from '../texts.js';
import { number } from '../times.js';
import { h } from '../ui/dom.js';
import { empty, table } from '../ui/parts.js';
import { paged } from './paged.js';
import { percent } from './marks.js';

/** The score of each dataset, and how it is computed. */
export function show(body) {
  return paged(body, 'monitoring/quality', { limit: 100 }, (items) => h('ul', { class: 'plain-list stack' }, items.map((one) => h('li', { class: 'card stack' },
    h('div', { class: 'row center' },
      h('h2', { class: 'grow' }, h('a', { href: `/explore?dataset=${one.dataset}` }, one.dataset)),
      h('p', { class: 'figure' }, h('strong', {}, number(one.score, 3)), h('span', { class: 'soft' }, t('quality.of')))),
    h('p', {}, sentence(one), ' ', h('a', { href: `/loads/${one.asOf.load}` }, t('load.number', { id: one.asOf.load }))),
    table(t('quality.parts', { dataset: one.dataset }), [
      { title: t('quality.part'), cell: (part) => t(`quality.${part.name}`) }, { title: t('quality.score'), number: true, cell: (part) => number(part.score, 4) },
      { title: t('quality.weight'), number: true, cell: (part) => number(part.weight, 3) }, { title: t('computed'), cell: (part) => h('span', { class: 'small' }, part.computed) },
    ], one.parts, { unseen: true }),
    h('div', { class: 'row' },
      one.anomalies?.openInDataset > 0 && h('a', { class: 'button', href: `/operations/anomalies?dataset=${one.dataset}` }, t('quality.anomalies', { count: one.anomalies.openInDataset })))))),
  () => empty(t('quality.none'), t('quality.none.next')));
}

function sentence({ completeness, rows }) {
  return t('quality.sentence', { gaps: number((completeness?.due ?? 0) - (completeness?.present ?? 0), 12), due: number(completeness?.due ?? 0, 12), rejected: percent(rows?.rejectRatio ?? 0) });
}
