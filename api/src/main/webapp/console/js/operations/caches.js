import { get, send } from '../api.js';
import { t } from '../texts.js';
import { bytes, number } from '../times.js';
import { announce, h } from '../ui/dom.js';
import { button, empty, failure, show as showIn, table } from '../ui/parts.js';
import { duration, percent } from './marks.js';

/** The caches: what they hold, and how often it was found in them. */
export function show(body) {
  return showIn(body, get('database/caches'), ({ items }) => (items.length ? table(t('operations.caches'), [
    { title: t('caches.region'), cell: (one) => h('span', { class: 'code' }, one.region) },
    { title: t('caches.ratio'), number: true, cell: (one) => percent(one.hitRatio) },
    { title: t('caches.hits'), number: true, cell: (one) => number(one.hits, 12) },
    { title: t('caches.misses'), number: true, cell: (one) => number(one.misses, 12) },
    { title: t('caches.entries'), number: true, cell: (one) => number(one.entries, 12) },
    { title: t('caches.bytes'), number: true, cell: (one) => (one.bytes === undefined || one.bytes === null ? '–' : bytes(one.bytes)) },
    { title: t('caches.evictions'), number: true, cell: (one) => number(one.evictions, 12) },
    { title: t('caches.lifetime'), cell: (one) => duration(one.lifetime) },
    { title: t('anomalies.do'), cell: (one) => button(t('caches.empty'), () => clear(body, one.region), { 'aria-label': t('caches.empty.of', { region: one.region }) }) },
  ], items, { unseen: true }) : empty(t('caches.none'), null)), () => show(body));
}

async function clear(body, region) {
  try {
    await send('DELETE', `database/caches/${encodeURIComponent(region)}`);
    await show(body);
    announce(t('caches.emptied', { region }));
  } catch (error) {
    body.prepend(failure(error));
  }
}
