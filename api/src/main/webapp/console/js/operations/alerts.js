import { go } from '../router.js';
import { t } from '../texts.js';
import { time } from '../times.js';
import { fill, h } from '../ui/dom.js';
import { button, empty, table, tabs } from '../ui/parts.js';
import { mark } from './marks.js';
import { paged } from './paged.js';
import { rules } from './rules.js';
import { silence, silences } from './silences.js';

/** What needs, or needed, somebody's attention, and the rules by which it is found. */
const TABS = ['OPEN', 'CLOSED', 'RULES', 'SILENCES'];
const LOOKS = {
  '/api/v1/loads': '/loads', '/api/v1/database/connections': '/operations/connections', '/api/v1/database/partitions': '/operations/partitions',
  '/api/v1/database/queries': '/operations/queries', '/api/v1/database/indexes': '/operations/indexes', '/api/v1/database/indexes/recommendations': '/operations/indexes',
  '/api/v1/database/caches': '/operations/caches', '/api/v1/database/maintenance': '/operations/jobs', '/api/v1/monitoring/freshness': '/operations/freshness',
  '/api/v1/monitoring/quality': '/operations/quality', '/api/v1/monitoring/anomalies': '/operations/anomalies', '/api/v1/monitoring/slas': '/operations/slas',
  '/api/v1/performance/runs': '/operations/performance',
};

export async function show(body, { url }) {
  const state = TABS.find((one) => one === url.searchParams.get('state')) ?? 'OPEN';
  const place = h('div', { class: 'stack' });
  fill(body, tabs(t('operations.alerts'), TABS.map((one) => [one, t(`alerts.${one}`)]), state, (one) => go(`/operations/alerts?state=${one}`), place), place);
  if (state === 'RULES') return rules(place);
  if (state === 'SILENCES') return silences(place);
  const again = () => show(body, { url });
  return paged(place, 'monitoring/alerts', { state, limit: 50 }, (items) => table(t('operations.alerts'), [
    { title: t('alerts.rule'), cell: (one) => [mark(one.severity), ' ', h('span', { class: 'code' }, one.rule)] },
    { title: t('alerts.reason'), cell: (one) => one.reason },
    { title: t('alerts.opened'), cell: (one) => time(one.opened) },
    ...(state === 'CLOSED' ? [{ title: t('alerts.closed'), cell: (one) => time(one.closed) }] : []),
    { title: t('alerts.look'), cell: (one) => look(one) },
    ...(state === 'OPEN' ? [{ title: t('anomalies.do'), cell: (one) => quiet(one, again) }] : []),
  ], items, { unseen: true }), () => empty(t(`alerts.none.${state}`), t('alerts.none.next')));
}

function look(alert) {
  const path = (alert.look ?? '').split('?')[0];
  const load = path === '/api/v1/loads' && /\b[Ll]oad (\d+)/.exec(alert.reason)?.[1];
  const page = load ? `/loads/${load}` : LOOKS[path] ?? (/^\/api\/v1\/loads\/\d+$/.test(path) ? path.replace('/api/v1', '') : null);
  return page ? h('a', { href: page }, t('alerts.open')) : h('span', { class: 'code small' }, alert.look ?? '–');
}

/** The silence of an alert, or the way to one. */
function quiet(alert, done) {
  return alert.silencedBy ? h('span', { class: 'small' }, t('silence.until'), ' ', time(alert.silencedBy.until), ': ', alert.silencedBy.reason)
    : button(t('silence.begin'), () => silence(alert, done), { 'aria-haspopup': 'dialog', 'aria-label': t('silence.begin.of', { reason: alert.reason }) });
}
