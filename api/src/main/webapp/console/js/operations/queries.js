import { address, get } from '../api.js';
import { go } from '../router.js';
import { t } from '../texts.js';
import { exact, number, time } from '../times.js';
import { fill, h } from '../ui/dom.js';
import { copied, empty, field, select, show as showIn, table } from '../ui/parts.js';
import { milliseconds, percent } from './marks.js';
import { plan } from './plan.js';

/** The SQL statements that took most of the time, and each of them with its slowest call and its plan. */
const WINDOWS = ['PT15M', 'PT1H', 'PT6H', 'P1D', 'P7D'];
const SHOWN = 50;

export function show(body, { url, more }) {
  const window = url.searchParams.get('window') ?? 'PT1H';
  return more ? one(body, more, window, url.searchParams.get('analyze') === 'true') : all(body, window);
}

async function all(body, window) {
  const place = h('div', { class: 'stack' });
  fill(body, h('div', { class: 'row' }, field(t('queries.window'), select(WINDOWS.map((span) => [span, t(`window.${span}`)]), window, (span) => go(`/operations/queries?window=${span}`), { 'data-keep': 'window' }))), place);
  await showIn(place, get(address('database/queries', { window, limit: SHOWN })), ({ items, missing }) => [
    missing && h('p', { class: 'note warn' }, missing),
    items.length ? table(t('operations.queries'), [
      { title: t('queries.name'), cell: (row) => (row.name ? h('a', { href: `/operations/queries/${encodeURIComponent(row.name)}?window=${window}` }, row.name) : t('queries.others')) },
      { title: t('queries.share'), number: true, cell: (row) => percent(row.share) },
      { title: t('queries.calls'), number: true, cell: (row) => number(row.calls, 12) },
      { title: t('queries.mean'), number: true, cell: (row) => milliseconds(row.meanMs) },
      { title: t('queries.p95'), number: true, cell: (row) => milliseconds(row.p95Ms) },
      { title: t('queries.max'), number: true, cell: (row) => milliseconds(row.maxMs) },
      { title: t('queries.slow'), number: true, cell: (row) => (row.slow ? h('span', { class: 'mark warn' }, exact(row.slow)) : row.slow === 0 ? '0' : '–') },
    ], items, { unseen: true }) : empty(t('queries.none'), t('queries.none.next')),
  ], () => all(body, window));
}

async function one(body, name, window, analyze) {
  await showIn(body, get(address(`database/queries/${encodeURIComponent(name)}`, { window, plan: true, analyze: analyze || null })), (found) => [
    h('dl', { class: 'figures' }, [['calls', number(found.statistics?.calls, 12)], ['mean', milliseconds(found.statistics?.meanMs)], ['p95', milliseconds(found.statistics?.p95Ms)], ['max', milliseconds(found.statistics?.maxMs)]]
      .map(([key, value]) => h('div', {}, h('dt', {}, t(`queries.${key}`)), h('dd', {}, value)))),
    found.slowest && h('section', { class: 'card stack' }, h('h2', {}, t('queries.slowest')), h('p', {}, milliseconds(found.slowest.ms), ' · ', time(found.slowest.at)), copied(found.slowest.text, t('queries.slowest'))),
    h('section', { class: 'card stack' }, h('h2', {}, t('queries.plan')),
      found.plan ? [h('p', { class: 'soft small' }, t(analyze ? 'queries.plan.measured' : 'queries.plan.expected')), plan(found.plan)] : h('p', { class: 'soft' }, found.planMissing ?? t('queries.plan.none')),
      found.slowest && !analyze && h('div', {}, h('a', { class: 'button', href: `/operations/queries/${encodeURIComponent(name)}?window=${window}&analyze=true` }, t('queries.analyze')))),
    h('details', { class: 'card', open: found.texts?.length === 1 }, h('summary', {}, t('queries.texts', { count: found.texts?.length ?? 0 })),
      h('div', { class: 'stack' }, (found.texts ?? []).map((text, i) => copied(text, t('queries.text', { number: i + 1 }))))),
  ], () => one(body, name, window, analyze));
}
