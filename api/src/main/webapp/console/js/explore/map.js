import { address, get } from '../api.js';
import { t } from '../texts.js';
import { exact, number } from '../times.js';
import { fill, h, s, script } from '../ui/dom.js';
import { button, empty, table } from '../ui/parts.js';

/** A flat map of the world: regions coloured by value, facilities as dots. Beside it stands a table of the same. */
const WIDTH = 960;
const HEIGHT = 480;
const CLASSES = 5;
const MOST_DOTS = 5000;
const PAGE = 1000;

async function world() {
  const [borders] = await Promise.all([get('/console/map/borders.json'), script('/console/lib/d3.min.js')]);
  const projection = d3.geoNaturalEarth1().fitExtent([[4, 4], [WIDTH - 4, HEIGHT - 4]], { type: 'Sphere' });
  return { borders, projection, path: d3.geoPath(projection).digits(1) };
}

/** A map that can be moved and zoomed by pointer and by buttons. */
function frame(label, drawn) {
  const all = s('g', {}, drawn);
  const picture = s('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': label }, all);
  const zoom = d3.zoom().scaleExtent([1, 12]).translateExtent([[0, 0], [WIDTH, HEIGHT]])
    .filter((event) => event.type !== 'wheel' || event.ctrlKey)
    .on('zoom', ({ transform }) => { all.setAttribute('transform', transform); all.style.setProperty('--zoom', transform.k); });
  const selected = d3.select(picture).call(zoom);
  const tools = [['+', 'map.in', 1.6], ['−', 'map.out', 1 / 1.6]].map(([sign, name, by]) =>
    button(sign, () => zoom.scaleBy(selected, by), { 'aria-label': t(name) }));
  return h('div', { class: 'map' }, picture, h('div', { class: 'row zoom' }, tools,
    button(t('map.whole'), () => zoom.transform(selected, d3.zoomIdentity))));
}

/** Regions by value; values is a map from the code of a region to its value, stored or worked out; names are those of an instant. */
export async function regions(title, values, unit, asOf, worked) {
  const [{ borders, path }, page] = await Promise.all([world(), get(address('regions', { kind: 'COUNTRY', fields: 'code,name,m49', limit: 1000, asOf }))]);
  const byNumber = new Map(page.items.map((region) => [String(region.m49 ?? '').padStart(3, '0'), region]));
  const shown = page.items.filter((region) => typeof values.get(region.code) === 'number');
  const known = shown.map((region) => values.get(region.code));
  if (!known.length) return empty(t('map.none'), t('map.none.next'));
  const scale = d3.scaleQuantile(known, d3.range(CLASSES));
  const drawn = borders.features.map((feature) => {
    const region = byNumber.get(feature.id);
    const value = region && values.get(region.code);
    const has = typeof value === 'number';
    return s('path', { d: path(feature), class: has ? `land class-${scale(value)}` : 'land' },
      s('title', {}, `${region?.name ?? feature.properties.name}: ${has ? `${exact(value, worked)} ${unit ?? ''}` : t('map.unknown')}`));
  });
  const bounds = [Math.min(...known), ...scale.quantiles(), Math.max(...known)];
  const ranked = shown.map((region) => ({ ...region, value: values.get(region.code) })).sort((a, b) => b.value - a.value);
  return h('div', { class: 'stack' }, h('p', {}, title), frame(title, drawn),
    h('ul', { class: 'row legend', 'aria-label': t('map.legend') }, d3.range(CLASSES).map((i) =>
      h('li', { class: 'small' }, h('span', { class: `swatch class-${i}` }), `${number(bounds[i], 3)} – ${number(bounds[i + 1], 3)}`))),
    table(title, [
      { title: t('map.region'), cell: (row) => `${row.name} (${row.code})` },
      { title: unit || t('value'), number: true, cell: (row) => exact(row.value, worked) },
    ], ranked));
}

/** Facilities as dots; values is a map from code to value, or null to show capacities. */
export async function facilities(title, values, unit, asOf, worked) {
  const [{ borders, path, projection }, all] = await Promise.all([world(), places(values, asOf)]);
  const items = all.filter((one) => one.latitude !== null && one.longitude !== null);
  if (!items.length) return empty(t('map.none'), t('map.none.next'));
  const valueOf = (one) => (values ? values.get(one.code) : one.capacityMw) ?? null;
  const size = (one) => Math.max(0, valueOf(one) ?? 0); // a circle has no negative size
  const radius = d3.scaleSqrt([0, Math.max(1, ...items.map(size))], [2, 12]);
  const dots = [...items].sort((a, b) => size(b) - size(a)).map((one) => {
    const [x, y] = projection([one.longitude, one.latitude]);
    return s('circle', { cx: x.toFixed(1), cy: y.toFixed(1), r: radius(size(one)).toFixed(1), class: 'dot' },
      s('title', {}, `${one.name}: ${valueOf(one) === null ? t('map.unknown') : `${exact(valueOf(one), worked)} ${unit}`}`));
  });
  const land = borders.features.map((feature) => s('path', { d: path(feature), class: 'land' }));
  return h('div', { class: 'stack' }, h('p', {}, title, ' ', h('span', { class: 'soft' }, t('map.dots', { count: items.length }))), frame(title, [...land, ...dots]),
    table(title, [
      { title: t('map.facility'), cell: (row) => h('a', { href: `/reference/facilities/${row.code}` }, row.name) },
      { title: t('map.region'), cell: (row) => row.region?.name ?? '–' },
      { title: t('map.fuel'), cell: (row) => row.fuel ?? '–' },
      { title: unit, number: true, cell: (row) => exact(valueOf(row), worked) },
    ], [...items].sort((a, b) => size(b) - size(a)).slice(0, 200)));
}

/** Facilities with their places: those that have values, or all, up to a bound. */
async function places(values, asOf) {
  const fields = 'code,name,latitude,longitude,capacityMw,fuel,region';
  const found = [];
  if (values) {
    const codes = [...values.keys()].slice(0, MOST_DOTS);
    for (let i = 0; i < codes.length; i += 200) {
      found.push(...(await get(address('facilities', { code: codes.slice(i, i + 200).join(','), fields, limit: 200, asOf }))).items);
    }
    return found;
  }
  let after = null;
  do {
    const page = await get(address('facilities', { fields, limit: PAGE, after, asOf }));
    found.push(...page.items);
    after = page.next;
  } while (after && found.length < MOST_DOTS);
  return found;
}
