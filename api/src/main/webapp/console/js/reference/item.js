import { address, getTagged } from '../api.js';
import { go } from '../router.js';
import { may } from '../session.js';
import { t } from '../texts.js';
import { time } from '../times.js';
import { fill, h } from '../ui/dom.js';
import { button, failure, tabs } from '../ui/parts.js';
import { collectionAt } from './collections.js';
import { create, edit, remove } from './edit.js';
import { history } from './history.js';
import { instantField } from './instant.js';
import { crumbs, titleOf } from './list.js';
import { withParameters } from './place.js';
import { references } from './references.js';
import { nameOf, propertiesOf, shown } from './values.js';

/** An item: its properties, what refers to it, its history, now or as of an instant. */
const TABS = ['properties', 'references', 'history', 'edit'];
const EXPLORED = ['regions', 'facilities', 'indicators', 'instruments', 'organizations', 'emission-sources'];

export async function show(main, url, { collection, code }) {
  if (!code) return create(main, collection);
  const asOf = url.searchParams.get('asOf');
  const body = h('div', { class: 'stack' });
  let item = null;
  let etag = null;
  let fault = null;
  try {
    ({ item, etag } = await getTagged(address(`${collection}/${encodeURIComponent(code)}`, { asOf })));
  } catch (error) {
    if (![404, 410].includes(error.status)) throw error;
    fault = error;
  }
  const at = { collection, code, item, etag, asOf };
  const parts = TABS.filter((one) => one !== 'edit' || (may('editor') && item && !asOf));
  const tab = parts.find((one) => one === url.searchParams.get('tab')) ?? 'properties';
  const title = item?.name ?? code;
  const choose = (name) => go(withParameters(url, { tab: name === 'properties' ? null : name }));
  fill(main, h('div', { class: 'stack' },
    h('div', { class: 'row center' },
      h('div', { class: 'grow' },
        h('p', { class: 'small soft crumb' }, crumbs(collection), ' › ', h('a', { href: `/reference/${collection}` }, titleOf(collection))),
        h('h1', {}, title), h('p', { class: 'soft small' }, h('span', { class: 'code' }, code))),
      collection === 'code-lists' && h('a', { class: 'button', href: `/reference/code-lists/${code}/codes` }, t('codes')),
      EXPLORED.includes(collection) && h('a', { class: 'button', href: `/explore?item=${collection}/${code}` }, t('item.explore')),
      item && !asOf && may('editor') && button(t('item.delete'), () => remove(at), { class: 'bad', 'aria-haspopup': 'dialog' })),
    asOf && h('div', { class: 'note warn' }, h('p', {}, t('asof.note'), ' ', time(asOf), '.'), h('a', { class: 'button', href: withParameters(url, { asOf: null }) }, t('asof.return'))),
    tabs(t('item.parts'), parts.map((one) => [one, t(`item.${one}`)]), tab, choose, body),
    body));
  if (fault && tab !== 'history') {
    fill(body, failure(fault), h('p', {}, h('a', { href: withParameters(url, { tab: 'history', asOf: null }) }, t('item.gone'))));
  } else if (tab === 'history') await history(body, at);
  else if (tab === 'references') await references(body, at);
  else if (tab === 'edit') edit(body, at);
  else properties(body, at, url);
  return title;
}

function properties(body, { collection, item, asOf }, url) {
  const of = propertiesOf(collection);
  const instant = instantField(t('asof.long'), asOf);
  fill(body,
    h('dl', { class: 'properties card' }, ['name', ...Object.keys(collectionAt(collection).properties)].map((property) =>
      h('div', {}, h('dt', {}, nameOf(property)), h('dd', {}, shown(of[property], item[property]))))),
    h('form', {
      class: 'row', onsubmit: (event) => {
        event.preventDefault();
        go(withParameters(url, { asOf: instant.instant() }));
      },
    }, instant, h('button', {}, t('asof.show'))));
}

