import { again } from '../again.js';
import { may } from '../session.js';
import { t } from '../texts.js';
import { fill, h, style } from '../ui/dom.js';
import { empty } from '../ui/parts.js';
import { leave as leaveLoad, show as showLoad } from './load.js';
import { list } from './list.js';
import { show as showNew } from './new.js';

/** Loads: all of them, one of them, and a new one. */
let place = null;

export async function show(main, url) {
  place = main;
  await style('/console/css/tasks.css');
  return draw(main, url);
}

function draw(main, url) {
  const [, , what, more] = url.pathname.split('/');
  if (!what) return list(main, url);
  if (what === 'new' && !more) return may('loader') && may('reader') ? showNew(main, url) : closed(main);
  if (/^\d+$/.test(what) && !more) return showLoad(main, what);
  fill(main, h('h1', {}, t('nav.loads')), empty(t('loads.nothing'), null, h('p', {}, h('a', { href: '/loads' }, t('loads.all')))));
  return t('nav.loads');
}

/** Says what a new load takes. */
function closed(main) {
  fill(main, h('h1', {}, t('loads.new')), empty(t('role.needed', { role: [...(may('loader') ? [] : [t('role.loader')]), ...(may('reader') ? [] : [t('role.reader')])].join(', ') }), t('role.next'), h('p', {}, h('a', { href: '/loads' }, t('loads.all')))));
  return t('loads.new');
}

export function changed(url) {
  leave();
  return again(place, draw, url);
}

export function leave() {
  leaveLoad();
}
