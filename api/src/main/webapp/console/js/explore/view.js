import { keep } from '../router.js';
import { t } from '../texts.js';
import { both } from '../times.js';
import { announce, fill, h, redrawn, style } from '../ui/dom.js';
import { button, empty, failure } from '../ui/parts.js';
import { draw, load } from './chart.js';
import { convertible, controls } from './controls.js';
import * as share from './share.js';
import { askAhead, dataset, MOST_SERIES, read, sources, vintages } from './data.js';
import { facets } from './facets.js';
import { notes } from './notes.js';
import { legend, values } from './values.js';
import { addressOf, leftOut, parse } from './state.js';
import { timeline } from './timeline.js';
import { panels } from './panels.js';
import { ofItem, overview, plants } from './overview.js';

/** Explore: series by their dimensions, as a chart, a table, a map and a history of revisions. Its state is the address. */
let place = null;
let state = {};
let data = null;
let parts = null;
let drawn = null;
let turn = null;
/** The instant that the view was opened with: later changes are not offered, so that it shows the same whenever it is opened. */
let held = null;
/** What its address has that means nothing here. */
let unknown = [];

export async function show(main, url) {
  style('/console/css/explore.css');
  const asked = parse(url);
  place = main;
  state = asked;
  held = state.asOf ?? null;
  unknown = leftOut(url);
  data = null;
  if (!state.dataset) return state.item ? ofItem(place, state.item) : state.map === 'facilities' ? plants(place) : overview(place);
  if (asked.key) askAhead(asked);
  const [found] = await Promise.all([dataset(asked.dataset, asked.key, asked.asOf), load()]).catch((error) => {
    if (error.status !== 404 || !asked.asOf) throw error;
    return [null];
  });
  if (state !== asked || !main.isConnected) return null; // another view was asked for meanwhile
  if (!found) return before(main, asked);
  data = found;
  first();
  parts = {
    facets: h('section', { 'aria-label': t('series') }), controls: h('section', { 'aria-label': t('chart.controls') }), note: h('div'), chart: h('div', { class: 'drawn' }),
    legend: h('ul', { class: 'legend' }), timeline: h('section', { 'aria-label': t('asof') }), values: h('div'), panels: h('section', { class: 'card', 'aria-label': t('panels') }),
  };
  fill(place, h('div', { class: 'stack' },
    h('div', { class: 'row center' }, h('div', { class: 'grow' }, h('p', { class: 'small soft crumb' }, h('a', { href: '/explore' }, t('nav.explore'))), h('h1', {}, data.name), h('p', { class: 'soft small' }, about())),
      h('div', { class: 'row' },
        button(t('download'), () => share.download(state, drawn?.named ?? title(), drawn), { class: 'main', 'aria-haspopup': 'dialog' }),
        button(t('code'), () => share.code(state), { 'aria-haspopup': 'dialog' }),
        button(t('cite'), () => share.cite(state, data, change), { 'aria-haspopup': 'dialog' }),
        button(t('embed'), () => share.embed(state, title()), { 'aria-haspopup': 'dialog' }))),
    h('div', { class: 'explore' },
      h('details', { class: 'card side', open: innerWidth > 900 }, h('summary', {}, t('series.pick')), parts.facets),
      h('div', { class: 'stack middle' }, h('div', { class: 'card stack' }, parts.controls, parts.note, parts.chart, parts.legend), h('div', { class: 'card' }, parts.timeline)),
      h('div', { class: 'card beside' }, parts.values)),
    parts.panels));
  fill(parts.facets, facets(state, data, change));
  addEventListener('themechange', redraw);
  await refresh();
  return title();
}

/** Says that there was no such dataset at an instant. */
function before(main, { dataset: code, asOf, key }) {
  fill(main, h('h1', {}, code), empty(t('asof.before', { code, instant: both(asOf) }), null, h('p', {}, h('a', { class: 'button', href: addressOf({ dataset: code, key }) }, t('asof.return')))));
  return code;
}

export function leave() {
  removeEventListener('themechange', redraw);
  turn?.abort();
  drawn?.destroy();
  drawn = null;
}

/** Another state by the address: back, forward, or a link. */
export async function changed(url) {
  const next = parse(url);
  if (next.dataset !== state.dataset || !data || !next.dataset) return anew(url);
  state = next;
  held = !next.asOf ? null : held && Date.parse(held) >= Date.parse(next.asOf) ? held : next.asOf;
  first();
  redrawn(parts.facets, facets(state, data, change));
  await refresh();
}

/** Shows another dataset, in a new place. */
async function anew(url) {
  leave();
  const fresh = h('div');
  place.replaceWith(fresh);
  let name = t('problem');
  try {
    name = await show(fresh, url);
  } catch (error) {
    fill(fresh, h('h1', {}, name), failure(error, () => anew(url)));
  }
  if (fresh.isConnected) document.title = `${name} – ${t('brand')}`;
}

/** A dataset is opened with its first series, so that there is something to see. */
function first() {
  if (!state.key && data.series.length) {
    state.key = data.series[0].key;
    keep(addressOf(state), true);
  }
}

function title() {
  return `${data.name}: ${(state.key ?? '').length > 40 ? `${state.key.slice(0, 40)}…` : state.key ?? ''}`;
}

function about() {
  return [data.code, data.provider, t(`frequency.${data.frequency}`)].filter(Boolean).join(' · ');
}

/** Changes the state; null takes a part of it away. */
async function change(some) {
  state = { ...state, ...some };
  for (const name of Object.keys(state)) if (state[name] === null || state[name] === undefined) delete state[name];
  if (!state.asOf) held = null;
  keep(addressOf(state));
  await refresh();
}

let frame = { unit: null, units: [], first: null, last: null };

async function refresh() {
  turn?.abort();
  turn = new AbortController();
  const { signal } = turn;
  const current = state;
  parts.chart.setAttribute('aria-busy', 'true');
  drawControls();
  try {
    if (data.asOf !== current.asOf) {
      const then = await dataset(current.dataset, current.key, current.asOf);
      if (signal.aborted) return;
      data = then;
      redrawn(parts.facets, facets(state, data, change));
    }
    const then = current.against && { [current.knownAt ? 'knownAt' : 'asOf']: current.against };
    const [now, before] = await Promise.all([read(current, data, {}, signal), then ? read(current, data, then, signal) : null]);
    if (signal.aborted) return;
    const series = now.series.slice(0, MOST_SERIES);
    await redrawWith(series, before?.series ?? null);
    performance.mark('chart');
    fill(parts.note, notes(state, now, unknown));
    announce(t('chart.drawn', { count: series.length }));
    const history = await vintages(current.dataset, await sources(data, series, current, signal), held, signal);
    if (signal.aborted) return;
    redrawn(parts.timeline, history.length ? timeline(current, history, Boolean(held), change) : h('p', { class: 'soft' }, t(series.length ? 'asof.none' : 'asof.noseries')));
    panels(parts.panels, current, data, { series, vintages: history, periods: drawn.data.periods }, change, signal);
    await units(series[0], signal);
  } catch (error) {
    if (error.name === 'AbortError' || signal.aborted) return;
    drawn?.destroy();
    drawn = null;
    fill(parts.chart, failure(error, refresh));
    [parts.legend, parts.note, parts.values, parts.timeline, parts.panels].forEach((part) => fill(part));
  } finally {
    if (!signal.aborted) parts.chart.removeAttribute('aria-busy');
  }
}

function drawControls() {
  redrawn(parts.controls, controls(state, data, frame, change));
}

async function units(one, signal) {
  const stored = data.series.find((known) => known.key === one?.key)?.unit ?? one?.unit ?? null;
  const [from, to] = one ? [one.time[0], one.time.at(-1)] : [null, null];
  const found = stored === frame.unit ? frame.units : await convertible(stored).catch(() => []);
  if (signal.aborted) return;
  frame = { unit: stored, units: found, first: from, last: to };
  drawControls();
}

async function redrawWith(series, before, named = title()) {
  drawn?.destroy();
  fill(parts.legend, legend(series, before));
  if (!series.some((one) => one.at.length)) {
    drawn = { ...{ charts: [], destroy() {}, data: { at: [], periods: [], columns: [], statuses: [] } }, series, before, named };
    fill(parts.chart, h('div', { class: 'empty' }, h('p', {}, h('strong', {}, t('chart.nothing'))), h('p', {}, t('chart.nothing.next'))));
  } else {
    drawn = { ...draw(parts.chart, series, before, { form: state.chart ?? 'line', log: state.scale === 'log' }), series, before, named };
  }
  fill(parts.values, values(series, before, drawn.data));
}

function redraw() {
  if (drawn?.series) redrawWith(drawn.series, drawn.before, drawn.named);
}
