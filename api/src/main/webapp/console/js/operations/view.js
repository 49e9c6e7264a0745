import { again } from '../again.js';
import { t } from '../texts.js';
import { fill, h, style } from '../ui/dom.js';
import { empty } from '../ui/parts.js';
import { panels } from './panels.js';

/** Operations: how the platform is, one page of panels first, details behind each. */
export const TOPICS = {
  alerts: () => import('./alerts.js'),
  freshness: () => import('./freshness.js'),
  quality: () => import('./quality.js'),
  anomalies: () => import('./anomalies.js'),
  slas: () => import('./slas.js'),
  queries: () => import('./queries.js'),
  indexes: () => import('./indexes.js'),
  partitions: () => import('./partitions.js'),
  connections: () => import('./connections.js'),
  caches: () => import('./caches.js'),
  jobs: () => import('./jobs.js'),
  performance: () => import('./performance.js'),
};
let place = null;
let topic = null;

export async function show(main, url) {
  place = main;
  await style('/console/css/tasks.css');
  return draw(main, url);
}

async function draw(main, url) {
  const [, , name, more] = url.pathname.split('/');
  if (!name) {
    fill(main, h('div', { class: 'stack' }, h('div', {}, h('h1', {}, t('nav.operations')), h('p', { class: 'soft' }, t('operations.lead'))), panels(Object.keys(TOPICS))));
    return t('nav.operations');
  }
  if (!Object.hasOwn(TOPICS, name)) {
    fill(main, h('h1', {}, t('nav.operations')), empty(t('operations.nothing'), null, h('p', {}, h('a', { href: '/operations' }, t('operations.all')))));
    return t('nav.operations');
  }
  topic = await TOPICS[name]();
  const body = h('div', { class: 'stack' });
  fill(main, h('div', { class: 'stack' },
    h('div', {}, h('p', { class: 'small soft crumb' }, h('a', { href: '/operations' }, t('nav.operations')), more && [' › ', h('a', { href: `/operations/${name}` }, t(`operations.${name}`))]),
      h('h1', {}, more ? topic.heading?.() ?? decodeURIComponent(more) : t(`operations.${name}`)), !more && h('p', { class: 'soft' }, t(`operations.${name}.what`))), body));
  await topic.show(body, { url, more: more ? decodeURIComponent(more) : null });
  return t(`operations.${name}`);
}

export function changed(url) {
  leave();
  return again(place, draw, url);
}

export function leave() {
  topic?.leave?.();
  topic = null;
}
