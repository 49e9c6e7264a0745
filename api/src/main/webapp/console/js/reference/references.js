import { address, get } from '../api.js';
import { t } from '../texts.js';
import { number } from '../times.js';
import { h } from '../ui/dom.js';
import { empty, show } from '../ui/parts.js';
import { pageOf, referring } from './collections.js';
import { titleOf } from './list.js';
import { nameOf } from './values.js';

/** What refers to an item, by collection and property: how many, and the first of them. */
const FIRST = 8;

export async function references(body, { collection, code, asOf }) {
  const asked = referring(collection).map(async ({ collection: from, property }) => {
    const page = await get(address(from, { [property]: code, fields: 'code,name', limit: FIRST, count: 'exact', asOf }));
    return { from, property, items: page.items, count: page.count?.value ?? page.items.length };
  });
  await show(body, Promise.all(asked), (found) => {
    const there = found.filter((one) => one.count > 0);
    if (!there.length) return empty(t('references.none'), t('references.none.next'));
    return h('ul', { class: 'cards' }, there.map(({ from, property, items, count }) => h('li', { class: 'card' },
      h('h2', {}, t('references.by', { collection: titleOf(from), property: nameOf(property) })),
      h('ul', { class: 'plain-list' }, items.map((one) => h('li', {}, h('a', { href: pageOf(from, one.code) }, one.name), ' ', h('span', { class: 'soft small code' }, one.code)))),
      count > items.length && h('p', {}, h('a', { href: `/reference/${from}?${property}=${encodeURIComponent(code)}` }, t('references.all', { count: number(count, 12) }))))));
  }, () => references(body, { collection, code, asOf }));
}
