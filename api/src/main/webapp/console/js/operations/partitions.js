import { address, get, send } from '../api.js';
import { t } from '../texts.js';
import { bytes, number } from '../times.js';
import { announce, fill, h, s } from '../ui/dom.js';
import { button, empty, failure, show as showIn, table } from '../ui/parts.js';

/** The partitions of each dataset on a time line: how long, how big, in which state. */
const PAGE = 1000;
const WIDTH = 1000;
const HEIGHT = 44;

export async function show(body) {
  const place = h('div', { class: 'stack' });
  const outcome = h('div');
  fill(body, h('div', { class: 'row' }, button(t('partitions.maintain'), async (event) => {
    event.target.disabled = true;
    try {
      const { json } = await send('POST', 'database/partitions/maintenance');
      const told = t(json.steps.length ? 'partitions.maintained' : 'partitions.kept', { count: json.steps.length });
      fill(outcome, h('p', { class: 'note good', role: 'status' }, told));
      announce(told);
      await draw(place);
    } catch (error) {
      fill(outcome, failure(error));
    }
    event.target.disabled = false;
  })), h('p', { class: 'soft small' }, t('partitions.maintain.what')), outcome, place);
  await draw(place);
}

function draw(place) {
  return showIn(place, get(address('database/partitions', { limit: PAGE })), ({ items, next }) => {
    if (!items.length) return empty(t('partitions.none'), t('partitions.none.next'));
    const of = Map.groupBy ? Map.groupBy(items, (one) => one.dataset) : grouped(items);
    return [next && h('p', { class: 'note warn small' }, t('partitions.cut')), legend(), ...[...of].map(([dataset, all]) => line(dataset, all))];
  }, () => draw(place));
}

function grouped(items) {
  const groups = new Map();
  items.forEach((one) => groups.set(one.dataset, [...(groups.get(one.dataset) ?? []), one]));
  return groups;
}

function legend() {
  return h('ul', { class: 'legend' }, ['ACTIVE', 'RETIRED', 'ARCHIVED', 'DROPPED'].map((state) => h('li', {}, h('span', { class: `swatch partition ${state}` }), t(`partitions.${state}`))));
}

function line(dataset, all) {
  const first = Math.min(...all.map((one) => Date.parse(one.from)));
  const last = Math.max(...all.map((one) => Date.parse(one.to)));
  const most = Math.max(1, ...all.map(size));
  const x = (instant) => ((Date.parse(instant) - first) / (last - first)) * WIDTH;
  const picture = s('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', class: 'timeline', 'aria-hidden': 'true' }, all.map((one) => {
    const height = 6 + (HEIGHT - 8) * Math.sqrt(size(one) / most);
    return s('rect', { class: `partition ${one.state}`, x: x(one.from), width: Math.max(1.5, x(one.to) - x(one.from) - 1.5), y: HEIGHT - height, height },
      s('title', {}, `${day(one.from)} – ${day(one.to)}: ${bytes(size(one))}`));
  }));
  return h('section', { class: 'card stack tight', 'aria-label': dataset },
    h('h2', {}, h('a', { href: `/explore?dataset=${dataset}` }, dataset)),
    h('p', { class: 'soft small' }, t('partitions.of', { count: all.length, first: day(new Date(first).toISOString()), last: day(new Date(last).toISOString()), size: bytes(all.reduce((sum, one) => sum + size(one), 0)) })),
    picture, h('div', { class: 'row ends small soft', 'aria-hidden': 'true' }, h('span', {}, day(new Date(first).toISOString())), h('span', {}, day(new Date(last).toISOString()))),
    h('details', {}, h('summary', {}, t('partitions.table')), table(dataset, [
      { title: t('from'), cell: (one) => day(one.from) }, { title: t('to'), cell: (one) => day(one.to) }, { title: t('load.state'), cell: (one) => t(`partitions.${one.state}`) },
      { title: t('rows'), number: true, cell: (one) => number(one.values?.rows, 12) }, { title: t('indexes.size'), number: true, cell: (one) => bytes(size(one)) },
    ], all, { unseen: true })));
}

function size(one) {
  return (one.values?.bytes ?? 0) + (one.vintages?.bytes ?? 0);
}

function day(instant) {
  return instant.slice(0, 10);
}
