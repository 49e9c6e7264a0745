import { address, get } from '../api.js';
import { t } from '../texts.js';
import { exact, number } from '../times.js';
import { fill, h, s, script } from '../ui/dom.js';
import { button, empty, table } from '../ui/parts.js';

/** A flat map of the world with regions coloured by value. Beside it stands a table of the same. */
export const WIDTH = 960;
export const HEIGHT = 480;
const CLASSES = 5;

export async function world() {
  const [borders] = await Promise.all([get('/console/map/borders.json'), script('/console/lib/d3.min.js')]);
  const projection = d3.geoNaturalEarth1().fitExtent([[4, 4], [WIDTH - 4, HEIGHT - 4]], { type: 'Sphere' });
  return { borders, projection, path: d3.geoPath(projection).digits(1) };
}

/** A map of elements that can be moved and zoomed. */
function frame(label, drawn) {
  const all = s('g', {}, drawn);
  const picture = s('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': label }, all);
  return zoomed(picture, (transform) => { all.setAttribute('transform', transform); all.style.setProperty('--zoom', transform.k); }, 12);
}

/** A picture that can be moved and zoomed by pointer and by buttons; `onzoom` is told the transform of d3. */
export function zoomed(picture, onzoom, most) {
  const within = (value, side, k) => Math.min(0, Math.max(side * (1 - k), value));
  const zoom = d3.zoom().scaleExtent([1, most])
    .constrain(({ x, y, k }, [, [width, height]]) => d3.zoomIdentity.translate(within(x, width, k), within(y, height, k)).scale(k))
    .filter((event) => event.type !== 'wheel' || event.ctrlKey)
    .on('zoom', ({ transform }) => onzoom(transform));
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
