import { exact, number } from '../times.js';
import { t } from '../texts.js';
import { announce, colour, fill, h, s, script, style } from '../ui/dom.js';
import * as bars from './bars.js';
import { aligned } from './data.js';

/**
 * Charts of series (uPlot draws them on a canvas). A chart can be read by the keyboard: arrows go from period to period, and each is
 * announced; a table of the same values stands beside it.
 */
const COLOURS = 8;
const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3]];
const HEIGHT = 340;
const SMALL = 170;
/** So few periods are named on the axis themselves; a letter there is as wide, in pixels. */
const FEW = 40;
const LETTER = 7;

export function load() {
  style('/console/lib/uPlot.min.css');
  return script('/console/lib/uPlot.iife.min.js');
}

function stroke(i) {
  return colour(`--series-${(i % COLOURS) + 1}`);
}

function dash(i) {
  return DASHES[Math.floor(i / COLOURS) % DASHES.length];
}

/** An axis with ticks at periods, since one of time puts months between two years. As many are named as there is room for. */
function byPeriod({ at, periods }) {
  const names = new Map(at.map((instant, i) => [instant, periods[i]]));
  const wide = Math.max(...periods.map((period) => period.length)) * LETTER + 3 * LETTER;
  return {
    splits: (chart) => {
      const every = Math.max(1, Math.ceil((at.length * wide * uPlot.pxRatio) / chart.bbox.width));
      return at.filter((_, i) => (at.length - 1 - i) % every === 0);
    },
    values: (_, splits) => splits.map((split) => names.get(split)),
  };
}

/** The sign of a series in a legend: its colour and its dashes. */
export function sign(i) {
  const line = s('line', { x1: 0, y1: 6, x2: 26, y2: 6, 'stroke-width': 3, 'stroke-dasharray': dash(i).join(' ') || null });
  line.style.stroke = `var(--series-${(i % COLOURS) + 1})`;
  return s('svg', { width: 26, height: 12, 'aria-hidden': 'true' }, line);
}

/**
 * Draws series into a place.
 *
 * @param against the same series as they were at another instant, drawn thin and dashed; or null
 * @param form `line`, `bar` or `multiples`
 * @param log whether the values stand on a scale of logarithms
 * @return {charts, destroy, data}
 */
export function draw(place, series, against, { form, log }) {
  const units = [...new Set(series.map((one) => one.unit ?? ''))];
  const split = form === 'multiples' || units.length > 2;
  const groups = split ? series.map((one, i) => [i]) : [series.map((_, i) => i)];
  const all = aligned(against ? [...series, ...against] : series);
  const charts = [];
  const boxes = groups.map((group) => h('div', { class: 'chart' }, split && h('p', { class: 'small' }, h('strong', {}, series[group[0]].label))));
  fill(place, h('div', { class: split ? 'multiples' : '' }, boxes));
  groups.forEach((group, g) => charts.push(one(boxes[g], series, against, group, all, { form, log, height: split ? SMALL : HEIGHT })));
  const sizes = new ResizeObserver(() => charts.forEach((chart, i) => chart.setSize({ width: Math.max(200, boxes[i].clientWidth), height: chart.height })));
  sizes.observe(place);
  return { charts, data: all, destroy: () => { sizes.disconnect(); charts.forEach((chart) => chart.destroy()); } };
}

function one(box, series, against, group, all, { form, log, height }) {
  const ink = colour('--soft');
  const grid = colour('--line');
  const units = [...new Set(group.map((i) => series[i].unit ?? ''))];
  const lines = [];
  const columns = [];
  group.forEach((i) => {
    const unit = series[i].unit ?? '';
    const few = series[i].at.length < 2;
    lines.push({
      label: series[i].label, scale: unit || 'none', stroke: stroke(i), width: 2, dash: dash(i), points: { show: few || undefined, size: 5 },
      ...(form === 'bar' && { paths: bars.paths, fill: stroke(i), width: 0, dash: [], points: { show: false } }),
    });
    columns.push(all.columns[i]);
    const before = against?.findIndex((other) => other.key === series[i].key) ?? -1;
    if (before >= 0) {
      lines.push({ label: series[i].label, scale: unit || 'none', stroke: stroke(i), width: 1.25, dash: [3, 4], points: { show: false }, over: true });
      columns.push(all.columns[series.length + before]);
    }
  });
  const filled = lines.filter((line) => line.fill);
  filled.forEach((line, slot) => Object.assign(line, { slot, slots: filled.length }));
  const usable = log && columns.some((column) => column.some((value) => value > 0));
  const data = [all.at, ...columns.map((column) => (usable ? column.map((value) => (value > 0 ? value : null)) : column))];
  const axis = { stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 }, font: '12px system-ui, sans-serif' };
  let at = null;
  const read = h('p', { class: 'read small', 'aria-hidden': 'true' });
  const chart = new uPlot({
    width: Math.max(200, box.clientWidth), height, legend: { show: false },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false } },
    scales: { ...(form === 'bar' && { x: { range: (_, low, high) => [low - bars.step(all.at) / 2, high + bars.step(all.at) / 2] } }), ...Object.fromEntries(units.map((unit) => [unit || 'none', usable ? { distr: 3 } : form === 'bar' ? { range: (_, low, high) => [Math.min(0, low), Math.max(0, high * 1.05)] } : {}])) },
    axes: [{ ...axis, size: 46, ...(all.at.length <= FEW && byPeriod(all)) }, ...units.map((unit, i) => ({
      ...axis, scale: unit || 'none', side: i === 0 ? 3 : 1, size: 62, label: unit || undefined, labelSize: unit ? 20 : 0,
      labelFont: '12px system-ui, sans-serif', values: (_, ticks) => ticks.map((tick) => (tick === null ? '' : number(tick, 5))),
    }))],
    series: [{}, ...lines],
    hooks: { setCursor: [(drawn) => say(drawn.cursor.idx)] },
  }, data, box);

  function words(i) {
    const values = group.map((k) => `${group.length > 1 ? `${series[k].label} ` : ''}${exact(all.columns[k][i], series[k].worked)}`).slice(0, 8);
    return `${all.periods[i]}: ${values.join('; ')}`;
  }

  function say(i) {
    at = i;
    read.textContent = i === null || i === undefined ? ' ' : words(i);
  }

  box.setAttribute('tabindex', '0');
  box.setAttribute('role', 'group');
  box.setAttribute('aria-label', t('chart.label', { count: group.length, first: all.periods[0] ?? '', last: all.periods.at(-1) ?? '', what: series[group[0]].label }));
  box.setAttribute('aria-roledescription', t('chart.role'));
  box.addEventListener('keydown', (event) => {
    const last = all.at.length - 1;
    const next = { ArrowRight: (at ?? -1) + 1, ArrowLeft: (at ?? last + 1) - 1, Home: 0, End: last, PageDown: (at ?? -1) + 12, PageUp: (at ?? last) - 12 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const i = Math.max(0, Math.min(last, next));
    chart.setCursor({ left: chart.valToPos(all.at[i], 'x'), top: 20 });
    say(i);
    announce(words(i));
  });
  box.append(read);
  say(null);
  return chart;
}
