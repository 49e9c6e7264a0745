import { t } from '../texts.js';
import { time } from '../times.js';
import { h } from '../ui/dom.js';
import { empty, table } from '../ui/parts.js';
import { duration, mark } from './marks.js';
import { paged } from './paged.js';

/** How old the data of each dataset is. */
export function show(body) {
  return paged(body, 'monitoring/freshness', { limit: 200 }, (items) => table(t('operations.freshness'), [
    { title: t('dataset'), cell: (one) => h('a', { href: `/explore?dataset=${one.dataset}` }, one.dataset) },
    { title: t('load.state'), cell: (one) => mark(one.state) },
    { title: t('freshness.age'), cell: (one) => duration(one.age?.duration) },
    { title: t('freshness.updated'), cell: (one) => time(one.updatedAt) },
    { title: t('freshness.last'), cell: (one) => one.lastDataPoint?.period ?? '–' },
    { title: t('load'), cell: (one) => (one.lastLoad ? h('a', { href: `/loads/${one.lastLoad.id}` }, t('load.number', { id: one.lastLoad.id })) : '–') },
    { title: t('freshness.bounds'), cell: (one) => t('freshness.bound', { warn: duration(one.bounds.warn), stale: duration(one.bounds.stale) }) },
    { title: t('computed'), cell: (one) => h('span', { class: 'small' }, one.computed) },
  ], items, { unseen: true }), () => empty(t('datasets.none'), t('datasets.none.next')));
}
