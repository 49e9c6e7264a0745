import { address, get } from '../api.js';
import { allDatasets, search } from '../search.js';
import { t } from '../texts.js';
import { fill, h } from '../ui/dom.js';
import { empty, show } from '../ui/parts.js';

/** Where Explore begins: search, and all datasets; or the datasets that have something of an item. */

export function overview(place) {
  const list = h('div');
  fill(place, h('div', { class: 'stack' }, h('h1', {}, t('nav.explore')), h('p', { class: 'soft' }, t('explore.lead')),
    h('div', { class: 'card' }, search()),
    h('h2', {}, t('datasets')), list,
    h('p', {}, h('a', { class: 'button', href: '/explore?map=facilities' }, t('map.plants')))));
  show(list, allDatasets(), (all) => (all.length ? cards(all.map((one) => ({ dataset: one, href: `/explore?dataset=${one.code}` })))
    : empty(t('datasets.none'), t('datasets.none.next'), h('a', { class: 'button', href: '/loads' }, t('nav.loads')))), () => overview(place));
  return t('nav.explore');
}

function cards(all) {
  return h('ul', { class: 'cards' }, all.map(({ dataset, href, more }) => h('li', {}, h('a', { class: 'card', href },
    h('strong', {}, dataset.name), h('span', { class: 'small soft' }, [dataset.code, dataset.provider, t(`frequency.${dataset.frequency}`)].filter(Boolean).join(' · ')),
    h('div', { class: 'small' }, more ?? t('datasets.by', { dimensions: dataset.dimensions.map((one) => one.code).join(', ') }))))));
}

/** The datasets with series of an item: regions/DEU. */
export async function ofItem(place, item) {
  const cut = item.lastIndexOf('/');
  const [collection, code] = [item.slice(0, cut), item.slice(cut + 1)];
  const [found, all] = await Promise.all([get(address(item, { fields: 'code,name' })), allDatasets()]);
  const asked = all.flatMap((dataset) => dataset.dimensions.filter((one) => one.values === collection).map((dimension) => ({ dataset, dimension }))).slice(0, 50);
  const with1 = (await Promise.all(asked.map(async (one) => {
    const page = await get(address(`datasets/${one.dataset.code}/series`, { [one.dimension.code]: code, limit: 100 }));
    return { ...one, page };
  }))).filter((one) => one.page.items.length);
  fill(place, h('div', { class: 'stack' },
    h('p', { class: 'small soft crumb' }, h('a', { href: '/explore' }, t('nav.explore'))),
    h('h1', {}, found.name, ' ', h('span', { class: 'soft small' }, code)),
    h('p', {}, h('a', { href: `/reference/${item}` }, t('explore.item.reference'))),
    h('h2', {}, t('explore.item.datasets')),
    with1.length ? cards(with1.map(({ dataset, dimension, page }) => {
      const key = page.items.length <= 3 ? page.items[0].key : dataset.dimensions.map((one) => (one === dimension ? code : page.items[0].dimensions[one.code])).join('.');
      return { dataset, href: `/explore?dataset=${dataset.code}&key=${key}`, more: t('explore.item.series', { count: page.items.length + (page.next ? '+' : '') }) };
    })) : empty(t('explore.item.none', { name: found.name }), t('explore.item.none.next'))));
  return found.name;
}

/** All facilities on the map. */
export async function plants(place) {
  const body = h('div');
  fill(place, h('div', { class: 'stack' }, h('p', { class: 'small soft crumb' }, h('a', { href: '/explore' }, t('nav.explore'))), h('h1', {}, t('map.plants')), body));
  await show(body, import('./dots.js').then((dots) => dots.facilities(t('map.plants.title'), null, 'MW')), (drawn) => drawn, () => plants(place));
  return t('map.plants');
}
