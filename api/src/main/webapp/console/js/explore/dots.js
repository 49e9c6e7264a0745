import { address, request } from '../api.js';
import { t } from '../texts.js';
import { exact, number } from '../times.js';
import { colour, h } from '../ui/dom.js';
import { empty, table } from '../ui/parts.js';
import { HEIGHT, WIDTH, world, zoomed } from './map.js';

/** Facilities as dots on a map of the world, drawn on a canvas: tens of thousands of them. Beside it stands a table of the largest. */
const MOST_DOTS = 50_000;
const MOST_ROWS = 200;
/** With more dots than these the smallest are smaller. */
const MANY = 3_000;
const CODES_AT_ONCE = 200;
const CODES_AT_MOST = 600;
const CLOSEST = 60;
const REACH = 14;
const FIELDS = 'code,name,latitude,longitude,capacityMw,fuel,region';

/** Facilities with their values; values is a map from code to value, or null to show capacities. */
export async function facilities(title, values, unit, asOf, worked) {
  const [ground, { items: all, cut }] = await Promise.all([world(), places(values, asOf)]);
  const valueOf = (one) => (values ? values.get(one.code) : one.capacityMw) ?? null;
  const size = (one) => Math.max(0, valueOf(one) ?? 0); // a circle has no negative size
  const items = all.filter((one) => one.latitude !== null && one.longitude !== null).sort((a, b) => size(b) - size(a));
  if (!items.length) return empty(t('map.none'), t('map.none.next'));
  const radius = d3.scaleSqrt([0, Math.max(1, size(items[0]))], [items.length > MANY ? 0.9 : 1.6, 12]);
  const dots = items.map((one) => {
    const [x, y] = ground.projection([one.longitude, one.latitude]);
    return { x, y, r: radius(size(one)), one };
  });
  const words = (one) => `${one.name}: ${valueOf(one) === null ? t('map.unknown') : `${exact(valueOf(one), worked)} ${unit}`}`;
  return h('div', { class: 'stack' },
    h('p', {}, title, ' ', h('span', { class: 'soft' }, t('map.dots', { count: number(items.length, 12) }))),
    cut && h('p', { class: 'note warn small' }, t('map.cut', { count: number(MOST_DOTS, 12) })),
    picture(title, ground, dots, words),
    table(title, [
      { title: t('map.facility'), cell: (row) => h('a', { href: `/reference/facilities/${row.code}` }, row.name) },
      { title: t('map.region'), cell: (row) => row.region?.name ?? '–' },
      { title: t('map.fuel'), cell: (row) => row.fuel ?? '–' },
      { title: unit, number: true, cell: (row) => exact(valueOf(row), worked) },
    ], items.slice(0, MOST_ROWS)),
    items.length > MOST_ROWS && h('p', { class: 'small soft' }, t('map.largest', { count: MOST_ROWS }), ' ', h('a', { href: '/reference/facilities' }, t('map.all'))));
}

/** The canvas, drawn anew whenever it is moved, zoomed, resized, or the colours change. */
function picture(label, { borders, projection }, dots, words) {
  const canvas = h('canvas', { role: 'img', 'aria-label': label });
  const read = h('p', { class: 'small read', 'aria-hidden': 'true' }, ' ');
  const tree = d3.quadtree(dots, (dot) => dot.x, (dot) => dot.y);
  const land = new Path2D(d3.geoPath(projection).digits(1)({ type: 'FeatureCollection', features: borders.features }));
  let transform = d3.zoomIdentity;
  let asked = 0;

  function draw() {
    asked = 0;
    const shown = canvas.clientWidth / WIDTH;
    if (!shown) return;
    const pixels = devicePixelRatio || 1;
    canvas.width = Math.round(WIDTH * shown * pixels);
    canvas.height = Math.round(HEIGHT * shown * pixels);
    const context = canvas.getContext('2d');
    context.scale(pixels, pixels);
    context.translate(transform.x, transform.y);
    context.scale(transform.k * shown, transform.k * shown);
    context.lineWidth = 0.5 / transform.k;
    context.fillStyle = colour('--raised');
    context.strokeStyle = colour('--edge');
    context.fill(land);
    context.stroke(land);
    context.fillStyle = colour('--series-2');
    context.strokeStyle = colour('--surface');
    context.globalAlpha = 0.6;
    const shrink = Math.sqrt(transform.k);
    for (const { x, y, r } of dots) {
      context.beginPath();
      context.arc(x, y, r / shrink, 0, 2 * Math.PI);
      context.fill();
      if (r > 3) context.stroke();
    }
  }

  const soon = () => (asked ||= requestAnimationFrame(draw));
  canvas.addEventListener('pointermove', (event) => {
    const shown = canvas.clientWidth / WIDTH;
    const [x, y] = transform.invert([event.offsetX, event.offsetY]).map((one) => one / shown);
    const found = tree.find(x, y, REACH / transform.k / shown);
    read.textContent = found ? words(found.one) : ' ';
  });
  let shownOnce = false;
  const coloured = () => soon();
  const observer = new ResizeObserver(() => {
    if (canvas.isConnected) {
      shownOnce = true;
      soon();
    } else if (shownOnce) { // it has left the page
      removeEventListener('themechange', coloured);
      observer.disconnect();
    }
  });
  observer.observe(canvas);
  addEventListener('themechange', coloured);
  const map = zoomed(canvas, (next) => { transform = next; soon(); }, CLOSEST);
  map.append(read);
  return map;
}

/** {items, cut}: the facilities that have values, or all, up to a bound. */
async function places(values, asOf) {
  if (values && values.size <= CODES_AT_MOST) {
    const codes = [...values.keys()];
    const parts = Array.from({ length: Math.ceil(codes.length / CODES_AT_ONCE) }, (_, i) => codes.slice(i * CODES_AT_ONCE, (i + 1) * CODES_AT_ONCE));
    const pages = await Promise.all(parts.map(async (part) => (await request(address('facilities', { code: part.join(','), fields: FIELDS, limit: CODES_AT_ONCE, asOf }))).json()));
    return { items: pages.flatMap((page) => page.items), cut: false };
  }
  const response = await request(address('facilities', { fields: FIELDS, asOf, format: 'ndjson' }), { accept: '*/*' });
  const lines = (await response.text()).split('\n').filter(Boolean);
  const items = lines.map((line) => JSON.parse(line)).filter((one) => !values || values.has(one.code));
  return { items: items.slice(0, MOST_DOTS), cut: items.length > MOST_DOTS };
}
