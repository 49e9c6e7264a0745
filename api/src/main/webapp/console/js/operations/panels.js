import { address, get } from '../api.js';
import { t } from '../texts.js';
import { bytes, exact, number, time } from '../times.js';
import { h } from '../ui/dom.js';
import { show } from '../ui/parts.js';
import { mark, percent } from './marks.js';

/** One panel for each topic: the figure that counts, and whether somebody has to look. */
const PAGE = 1000;
const pages = (path, query = {}) => () => get(address(path, { limit: PAGE, ...query }));
const count = (items, test) => items.filter(test).length;

const PANELS = {
  alerts: [pages('monitoring/alerts', { state: 'OPEN' }), ({ items }) => [figure(items.length, t('panel.alerts')),
    items.length ? mark(items.some((one) => one.severity === 'CRITICAL') ? 'CRITICAL' : 'WARNING') : mark('QUIET')]],
  freshness: [pages('monitoring/freshness'), ({ items }) => [figure(count(items, (one) => one.state !== 'FRESH'), t('panel.freshness', { count: items.length })),
    items.length > 0 && mark(items.some((one) => one.state === 'STALE') ? 'STALE' : items.some((one) => one.state === 'WARN') ? 'WARN' : 'FRESH')]],
  quality: [pages('monitoring/quality'), ({ items }) => {
    const judged = items.filter((one) => one.score !== null).sort((a, b) => a.score - b.score);
    return judged.length ? [figure(number(judged[0].score, 3), t('panel.quality', { dataset: judged[0].dataset }))] : [figure('–', t('panel.quality.none'))];
  }],
  anomalies: [pages('monitoring/anomalies', { state: 'OPEN', limit: 100 }), ({ items, next }) => [figure(next ? `${items.length}+` : items.length, t('panel.anomalies'))]],
  slas: [pages('monitoring/slas'), ({ items }) => (!items.length ? [figure('–', t('slas.none'))] : [figure(count(items, (one) => one.measurement.kept === false), t('panel.slas', { count: items.length })),
    mark(items.some((one) => one.measurement.kept === false) ? 'BROKEN' : 'KEPT')])],
  queries: [() => get(address('database/queries', { limit: 20 })), ({ items }) => {
    const slow = items.reduce((sum, one) => sum + (one.slow ?? 0), 0);
    return [figure(exact(slow), t('panel.queries')), items[0]?.name && h('p', { class: 'small' }, t('panel.queries.most', { name: items[0].name, share: percent(items[0].share) }))];
  }],
  indexes: [() => get('database/indexes/recommendations'), ({ items }) => [figure(count(items, (one) => one.state === 'OPEN'), t('panel.indexes'))]],
  partitions: [pages('database/partitions'), ({ items, next }) => [figure(`${exact(items.length)}${next ? '+' : ''}`, t('panel.partitions')),
    h('p', { class: 'small' }, bytes(items.reduce((sum, one) => sum + (one.values?.bytes ?? 0) + (one.vintages?.bytes ?? 0), 0)))]],
  connections: [() => get('database/connections'), ({ pool, blocking }) => [figure(`${pool.active}/${pool.max}`, t('panel.connections')),
    blocking.length ? mark('BLOCKED') : null, h('progress', { max: String(pool.max), value: pool.active, 'aria-label': t('panel.connections') })]],
  caches: [() => get('database/caches'), ({ items }) => {
    const hits = items.reduce((sum, one) => sum + one.hits, 0);
    const all = hits + items.reduce((sum, one) => sum + one.misses, 0);
    return [figure(all ? percent(hits / all) : '–', t('panel.caches'))];
  }],
  jobs: [() => get(address('database/maintenance', { limit: 20 })), ({ schedules, steps }) => [
    figure(count(steps, (one) => one.outcome === 'FAILED'), t('panel.jobs', { count: steps.length })), schedules[0] && h('p', { class: 'small' }, t('panel.jobs.next'), ' ', time(schedules.map((one) => one.next).sort()[0]))]],
  performance: [() => get(address('performance/runs', { limit: 1 })), ({ items }) => (items.length
    ? [figure(items[0].verdict ? mark(items[0].verdict) : t('run.RUNNING'), t('panel.performance')), h('p', { class: 'small' }, time(items[0].beganAt))] : [figure('–', t('panel.performance.none'))])],
};

export function panels(topics) {
  return h('ul', { class: 'cards panels' }, topics.map((topic) => {
    const [ask, draw] = PANELS[topic];
    const body = h('div', { class: 'stack tight' });
    show(body, ask(), draw);
    return h('li', { class: 'card' }, h('h2', {}, h('a', { href: `/operations/${topic}` }, t(`operations.${topic}`))), body);
  }));
}

function figure(value, text) {
  return h('p', { class: 'figure' }, h('strong', {}, value), h('span', { class: 'soft' }, text));
}
