import { again } from '../again.js';
import { t } from '../texts.js';
import { fill, h, style } from '../ui/dom.js';
import { empty } from '../ui/parts.js';
import { COLLECTIONS } from './collections.js';
import { show as showItem } from './item.js';
import { show as showList } from './list.js';
import { placeOf } from './place.js';

/** Reference data: collections, their items, and one item. Its state is the address. */
let place = null;

export async function show(main, url) {
  place = main;
  await style('/console/css/tasks.css');
  return draw(main, url);
}

async function draw(main, url) {
  const at = placeOf(url.pathname);
  if (!at) {
    fill(main, h('h1', {}, t('nav.reference')), empty(t('reference.nothing'), null, h('p', {}, h('a', { href: '/reference' }, t('reference.all')))));
    return t('nav.reference');
  }
  if (at.collection && (at.code || url.searchParams.has('create'))) return showItem(main, url, at);
  return at.collection ? showList(main, url, at.collection) : all(main);
}

export function changed(url) {
  return again(place, draw, url);
}

function all(main) {
  fill(main, h('div', { class: 'stack' },
    h('div', {}, h('h1', {}, t('nav.reference')), h('p', { class: 'soft' }, t('reference.lead'))),
    h('ul', { class: 'cards' }, Object.keys(COLLECTIONS).map((collection) => h('li', {}, h('a', { class: 'card', href: `/reference/${collection}` },
      h('strong', {}, t(`collections.${collection}`)), h('span', {}, t(`collections.${collection}.what`))))))));
  return t('nav.reference');
}
