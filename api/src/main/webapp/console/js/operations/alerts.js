import { go } from '../router.js';
import { t } from '../texts.js';
import { exact, time } from '../times.js';
import { fill, h } from '../ui/dom.js';
import { empty, show as showIn, table, tabs } from '../ui/parts.js';
import { get } from '../api.js';
import { mark } from './marks.js';
import { paged } from './paged.js';

/** What needs, or needed, somebody's attention, and the rules by which it is found. */
const LOOKS = {
  '/api/v1/loads': '/loads', '/api/v1/database/connections': '/operations/connections', '/api/v1/database/partitions': '/operations/partitions',
  '/api/v1/database/queries': '/operations/queries', '/api/v1/database/indexes': '/operations/indexes', '/api/v1/database/indexes/recommendations': '/operations/indexes',
  '/api/v1/database/caches': '/operations/caches', '/api/v1/database/maintenance': '/operations/jobs', '/api/v1/monitoring/freshness': '/operations/freshness',
  '/api/v1/monitoring/quality': '/operations/quality', '/api/v1/monitoring/anomalies': '/operations/anomalies', '/api/v1/monitoring/slas': '/operations/slas',
  '/api/v1/performance/runs': '/operations/performance',
};

export async function show(body, { url }) {
  const state = ['OPEN', 'CLOSED', 'RULES'].find((one) => one === url.searchParams.get('state')) ?? 'OPEN';
  const place = h('div', { class: 'stack' });
  fill(body, tabs(t('operations.alerts'), ['OPEN', 'CLOSED', 'RULES'].map((one) => [one, t(`alerts.${one}`)]), state, (one) => go(`/operations/alerts?state=${one}`)), place);
  if (state === 'RULES') return showIn(place, get('monitoring/alerts/rules'), ({ items }) => rules(items));
  return paged(place, 'monitoring/alerts', { state, limit: 50 }, (items) => table(t('operations.alerts'), [
    { title: t('alerts.reason'), cell: (one) => [mark(one.severity), ' ', one.reason] },
    { title: t('alerts.rule'), cell: (one) => h('span', { class: 'code' }, one.rule) },
    { title: t('alerts.opened'), cell: (one) => time(one.opened) },
    ...(state === 'CLOSED' ? [{ title: t('alerts.closed'), cell: (one) => time(one.closed) }] : []),
    { title: t('alerts.look'), cell: (one) => look(one) },
  ], items, { unseen: true }), () => empty(t(`alerts.none.${state}`), t('alerts.none.next')));
}

function look(alert) {
  const path = (alert.look ?? '').split('?')[0];
  const page = LOOKS[path] ?? (/^\/api\/v1\/loads\/\d+$/.test(path) ? path.replace('/api/v1', '') : null);
  return page ? h('a', { href: page }, t('alerts.open')) : h('span', { class: 'code small' }, alert.look ?? '–');
}

function rules(items) {
  return table(t('alerts.RULES'), [
    { title: t('alerts.rule'), cell: (one) => h('span', { class: 'code' }, one.rule) },
    { title: t('alerts.warning'), number: true, cell: (one) => bound(one, one.warning) },
    { title: t('alerts.critical'), number: true, cell: (one) => bound(one, one.critical) },
    { title: t('alerts.enabled'), cell: (one) => t(one.enabled ? 'yes' : 'no') },
    { title: t('alerts.runbook'), cell: (one) => h('span', { class: 'small code' }, one.runbook) },
  ], items, { unseen: true });
}

function bound(rule, value) {
  return value === null ? '–' : `${rule.worse === 'LOW' ? '≤' : '≥'} ${exact(value)} ${rule.unit}`;
}
