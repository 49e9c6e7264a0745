import { address, get, request } from '../api.js';
import { go } from '../router.js';
import { may } from '../session.js';
import { t } from '../texts.js';
import { number, time } from '../times.js';
import { announce, fill, h, store } from '../ui/dom.js';
import { button, empty, failure, show as showIn, table } from '../ui/parts.js';
import { batch } from './batch.js';
import { collectionAt, pageOf } from './collections.js';
import { filters } from './filters.js';
import { withParameters } from './place.js';
import { nameOf, propertiesOf, shown } from './values.js';

/** The items of a collection: filters, the page, and what is done with some of them. The parameters of the address are those of the API. */
const LIMIT = 50;

export async function show(main, url, path) {
  const title = titleOf(path);
  const rows = h('div', { class: 'stack' });
  const query = parameters(url);
  const taken = h('div');
  fill(main, h('div', { class: 'stack' },
    h('div', { class: 'row center' },
      h('div', { class: 'grow' }, h('p', { class: 'small soft crumb' }, crumbs(path)), h('h1', {}, title)),
      may('editor') && h('a', { class: 'button main', href: withParameters(new URL(url.pathname, url), { create: '1' }) }, t('item.create'))),
    h('details', { class: 'card', open: innerWidth > 640 }, h('summary', {}, t('filters')), filters(path, url)),
    rows,
    h('div', { class: 'row center' }, h('span', { class: 'soft small' }, t('list.download')), ['csv', 'xlsx'].map((format) => button(format.toUpperCase(), () => download(path, query, format, taken)))), taken));
  await showIn(rows, get(address(path, { ...query, limit: LIMIT, count: url.searchParams.has('after') ? null : 'exact' })),
    (page) => draw(page, path, url, () => show(main, url, path)), () => show(main, url, path));
  return title;
}

/** Stores all that fits the filters; by this way, since a link would not say who asks. */
async function download(path, query, format, taken) {
  try {
    const response = await request(address(path, { ...query, after: null, limit: null, format }), { accept: '*/*' });
    store(`${path.replaceAll('/', '-')}.${format}`, await response.blob());
    fill(taken);
  } catch (error) {
    fill(taken, failure(error));
  }
}

/** What is asked of the API: the parameters as they are, those of the page left out. */
function parameters(url) {
  const all = {};
  for (const name of url.searchParams.keys()) all[name] = url.searchParams.getAll(name);
  return all;
}

function draw(page, path, url, again) {
  if (!page.items.length) {
    const filtered = [...url.searchParams.keys()].length > 0;
    return empty(t(filtered ? 'list.nofit' : 'list.none', { name: titleOf(path) }), t(filtered ? 'list.nofit.next' : 'list.none.next'),
      filtered && h('p', {}, h('a', { class: 'button', href: url.pathname }, t('filters.none'))));
  }
  const of = propertiesOf(path);
  const asOf = url.searchParams.get('asOf');
  const editable = may('editor') && !asOf;
  const picked = new Set();
  const editing = button(t('batch.open', { count: 0 }), () => batch(path, page.items.filter((one) => picked.has(one.code)), again), { disabled: true, 'aria-haspopup': 'dialog' });
  const told = () => {
    editing.disabled = !picked.size;
    editing.textContent = t('batch.open', { count: picked.size });
  };
  const pick = (code, on) => {
    if (on) picked.add(code);
    else picked.delete(code);
    told();
  };
  const columns = [
    { title: sortable('name', url), cell: (one) => h('a', { href: pageOf(path, one.code) + (asOf ? `?asOf=${encodeURIComponent(asOf)}` : '') }, one.name) },
    { title: sortable('code', url), cell: (one) => h('span', { class: 'code' }, one.code) },
    ...collectionAt(path).shown.map((property) => ({
      title: sortable(property, url), number: of[property].kind === 'number', cell: (one) => shown(of[property], one[property]),
    })),
  ];
  if (path === 'code-lists') columns.splice(2, 0, { title: t('codes'), cell: (one) => h('a', { href: `/reference/code-lists/${one.code}/codes` }, t('codes.of', { name: one.name })) });
  if (editable) {
    columns.splice(1, 0, { title: t('batch.pick'), cell: (one) => h('input', { type: 'checkbox', 'aria-label': t('batch.pick.one', { name: one.name }), onchange: (event) => pick(one.code, event.target.checked) }) });
  }
  announce(t('list.shown', { count: page.items.length }));
  return [
    asOf && h('div', { class: 'note warn' }, h('p', {}, t('asof.note'), ' ', time(asOf), '.'), h('a', { class: 'button', href: withParameters(url, { asOf: null, after: null }) }, t('asof.return'))),
    h('div', { class: 'row center' },
      h('p', { class: 'grow soft' }, page.count ? t('list.count', { count: number(page.count.value, 12) }) : t('list.shown', { count: page.items.length })),
      editable && [button(t('batch.all'), () => pickAll(editing)), editing]),
    table(titleOf(path), columns, page.items, { unseen: true }),
    h('nav', { class: 'row', 'aria-label': t('pages') },
      url.searchParams.has('after') && h('a', { class: 'button', href: withParameters(url, { after: null }) }, t('pages.first')),
      page.next && h('a', { class: 'button', rel: 'next', href: withParameters(url, { after: page.next }) }, t('pages.next'))),
  ];
}

/** Picks all of the page, or none if all are picked. */
function pickAll(near) {
  const boxes = [...near.closest('main').querySelectorAll('tbody input[type="checkbox"]')];
  const on = boxes.some((box) => !box.checked);
  boxes.filter((box) => box.checked !== on).forEach((box) => box.click());
}

/** A title by which the list is sorted: up, then down, then as it is stored. */
function sortable(property, url) {
  const now = url.searchParams.get('sort');
  const next = now === property ? `-${property}` : now === `-${property}` ? null : property;
  const name = property === 'code' ? t('code') : nameOf(property);
  const state = now === property ? t('sort.up') : now === `-${property}` ? t('sort.down') : '';
  return button([name, h('span', { class: state ? null : 'soft', 'aria-hidden': 'true' }, now === property ? '↑' : now === `-${property}` ? '↓' : '↕'), h('span', { class: 'unseen' }, ` ${state || t('sort.none')}`)],
    () => go(withParameters(url, { sort: next, after: null })), { class: 'plain', 'data-keep': `sort-${property}` });
}

export function titleOf(path) {
  const list = /^code-lists\/(.*)\/codes$/.exec(path)?.[1];
  return list ? t('codes.of', { name: list }) : t(`collections.${path}`);
}

export function crumbs(path) {
  return [h('a', { href: '/reference' }, t('nav.reference')), path.startsWith('code-lists/')
    ? [' › ', h('a', { href: '/reference/code-lists' }, t('collections.code-lists'))] : null];
}
