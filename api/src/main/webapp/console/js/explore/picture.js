import { t } from '../texts.js';
import { colour, newId, s, store } from '../ui/dom.js';
import { boxes } from './bars.js';

/** Pictures of what is drawn, to be stored: PNG from the canvas, SVG by the same scales, axes and colours. */
const TITLE = 44;
const HEADING = 22;
const ROW = 20;
const LEAST = 640;
const FONT = 12;

/** A PNG of all charts, one below the other, on the colour of the page, with a title and a legend. */
export function png(name, title, { charts, series, before }) {
  const width = Math.max(LEAST, ...charts.map((chart) => chart.width));
  const rows = charts.length > 1 ? [] : series;
  const height = TITLE + charts.reduce((sum, chart) => sum + chart.height + (charts.length > 1 ? HEADING : 0), 0) + ROW * (rows.length + 1);
  const canvas = document.createElement('canvas');
  canvas.width = width * uPlot.pxRatio;
  canvas.height = height * uPlot.pxRatio;
  const context = canvas.getContext('2d');
  const write = (content, x, at, size, ink) => {
    context.font = `${size}px system-ui, sans-serif`;
    context.fillStyle = colour(ink);
    context.fillText(content, x, at, width - x - 10);
  };
  context.scale(uPlot.pxRatio, uPlot.pxRatio);
  context.fillStyle = colour('--surface');
  context.fillRect(0, 0, width, height);
  write(title, 10, 26, 16, '--ink');
  let y = TITLE;
  charts.forEach((chart, i) => {
    if (charts.length > 1) write(series[i].label, 10, y + 14, FONT, '--soft');
    y += charts.length > 1 ? HEADING : 0;
    context.drawImage(chart.ctx.canvas, 0, y, chart.width, chart.height);
    y += chart.height;
  });
  rows.forEach((one, i) => {
    const at = y + ROW * (i + 1);
    const drawn = sign(charts[0], i);
    context.strokeStyle = drawn.stroke;
    context.lineWidth = 3;
    context.setLineDash(drawn.dash);
    context.beginPath();
    context.moveTo(10, at);
    context.lineTo(36, at);
    context.stroke();
    write(nameOf(one, before), 44, at + 4, FONT, '--soft');
  });
  return new Promise((done) => canvas.toBlob((blob) => done(store(`${name}.png`, blob)), 'image/png'));
}

/** The colour and the dashes of a series of a chart. */
function sign(chart, i) {
  const at = chart.series.flatMap((one, k) => (k > 0 && !one.over ? [k] : []))[i];
  return { stroke: chart.series[at].stroke(chart, at), dash: chart.series[at].dash ?? [] };
}

function nameOf(one, before) {
  return `${one.label}${one.unit ? ` (${one.unit})` : ''}${before?.some((other) => other.key === one.key) ? ` · ${t('against.dashed')}` : ''}`;
}

/**
 * An SVG of all charts, one below the other, with a legend.
 *
 * @param drawn {charts, series, before}, as they are drawn
 */
export function svg(name, title, { charts, series, before }) {
  const [ink, surface] = ['--ink', '--surface'].map(colour);
  const width = Math.max(LEAST, ...charts.map((chart) => chart.width));
  let y = TITLE;
  const parts = charts.map((chart, i) => {
    const heading = charts.length > 1 && text(series[i].label, { x: 10, y: y + 14, 'font-weight': 'bold' });
    y += heading ? HEADING : 0;
    const part = s('g', { transform: `translate(0 ${y})` }, plot(chart));
    y += chart.height;
    return [heading, part];
  });
  const rows = charts.length > 1 ? [] : legend(charts[0], series, before, y + ROW);
  const height = y + ROW * (rows.length + 1);
  const drawn = s('svg', { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height, 'font-family': 'system-ui, sans-serif' },
    s('title', {}, title), s('rect', { width, height, fill: surface }), s('text', { x: 10, y: 26, fill: ink, 'font-size': 16 }, title), parts, rows);
  store(`${name}.svg`, new Blob([new XMLSerializer().serializeToString(drawn)], { type: 'image/svg+xml' }));
}

function text(content, at) {
  return s('text', { fill: colour('--soft'), 'font-size': FONT, ...at }, content);
}

/** One chart: its axes with their lines, and its series, by the scales of uPlot. */
function plot(chart) {
  const box = Object.fromEntries(['left', 'top', 'width', 'height'].map((side) => [side, chart.bbox[side] / uPlot.pxRatio]));
  const clip = newId('plot');
  return [
    s('clipPath', { id: clip }, s('rect', { x: box.left, y: box.top, width: box.width, height: box.height })),
    chart.axes.map((axis, i) => (i === 0 ? below(chart, axis, box) : beside(chart, axis, box, i > 1))),
    s('g', { 'clip-path': `url(#${clip})` }, chart.series.slice(1).map((one, i) => marks(chart, one, i + 1, box))),
  ];
}

function below(chart, axis, box) {
  return (axis._splits ?? []).map((split, i) => {
    const x = round(box.left + chart.valToPos(split, 'x'));
    const lines = String(axis._values[i] ?? '').split('\n');
    return [grid(x, x, box.top, box.top + box.height), text(lines.map((line, k) => s('tspan', { x, dy: k ? 14 : 0 }, line)), { x, y: box.top + box.height + 18, 'text-anchor': 'middle' })];
  });
}

function beside(chart, axis, box, isRight) {
  const x = isRight ? box.left + box.width + 8 : box.left - 8;
  const middle = box.top + box.height / 2;
  const side = isRight ? chart.width - 8 : 14;
  return [
    (axis._splits ?? []).map((split, i) => {
      const y = round(box.top + chart.valToPos(split, axis.scale));
      return axis._values[i] ? [!isRight && grid(box.left, box.left + box.width, y, y), text(axis._values[i], { x, y: y + 4, 'text-anchor': isRight ? 'start' : 'end' })] : [];
    }),
    axis.label && text(axis.scale, { x: side, y: middle, 'text-anchor': 'middle', transform: `rotate(${isRight ? 90 : -90} ${side} ${middle})` }),
  ];
}

function grid(x1, x2, y1, y2) {
  return s('line', { x1, x2, y1, y2, stroke: colour('--line') });
}

/** The marks of a series: bars, which are filled, or a line that is broken where there is no value; a value that stands alone is a dot. */
function marks(chart, one, i, box) {
  const stroke = one.stroke(chart, i);
  const at = chart.data[0].map((x) => box.left + chart.valToPos(x, 'x'));
  const values = chart.data[i];
  const y = (value) => round(box.top + chart.valToPos(value, one.scale));
  const has = (k) => values[k] !== null && values[k] !== undefined;
  if (one.fill?.(chart, i)) {
    return boxes(chart, i).map(({ x, y: top, width, height }) =>
      s('rect', { x: round(box.left + x), y: round(box.top + top), width: round(width), height: round(height), fill: stroke }));
  }
  const path = values.map((value, k) => (has(k) ? `${has(k - 1) ? 'L' : 'M'}${round(at[k])} ${y(value)}` : '')).join('');
  return [
    s('path', { d: path, fill: 'none', stroke, 'stroke-width': one.width, 'stroke-dasharray': one.dash?.length ? one.dash.join(' ') : null, 'stroke-linejoin': 'round' }),
    values.map((value, k) => has(k) && !has(k - 1) && !has(k + 1) && s('circle', { cx: round(at[k]), cy: y(value), r: 2.5, fill: stroke })),
  ];
}

/** A row for each series: its line, its name, its unit. */
function legend(chart, series, before, top) {
  return series.map((one, i) => {
    const y = top + i * ROW;
    const { stroke, dash } = sign(chart, i);
    return [s('line', { x1: 10, x2: 36, y1: y, y2: y, stroke, 'stroke-width': 3, 'stroke-dasharray': dash.join(' ') || null }), text(nameOf(one, before), { x: 44, y: y + 4 })];
  });
}

function round(value) {
  return +value.toFixed(1);
}
