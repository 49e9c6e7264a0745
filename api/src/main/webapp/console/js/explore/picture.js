import { colour, s, store } from '../ui/dom.js';
import { number } from '../times.js';

/** Pictures of what is drawn, to be stored: PNG from the canvas, SVG drawn anew. */
const WIDTH = 960;
const PLOT = { left: 80, top: 50, right: 20, bottom: 40, height: 400 };
const COLOURS = 8;

/** A PNG of all charts, one below the other, on the colour of the page, with a title. */
export function png(name, title, charts) {
  const pixels = devicePixelRatio || 1;
  const width = Math.max(...charts.map((chart) => chart.ctx.canvas.width));
  const top = 36 * pixels;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = top + charts.reduce((sum, chart) => sum + chart.ctx.canvas.height, 0);
  const context = canvas.getContext('2d');
  context.fillStyle = colour('--surface');
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = colour('--ink');
  context.font = `${15 * pixels}px system-ui, sans-serif`;
  context.fillText(title, 10 * pixels, 24 * pixels, width - 20 * pixels);
  let y = top;
  charts.forEach((chart) => {
    context.drawImage(chart.ctx.canvas, 0, y);
    y += chart.ctx.canvas.height;
  });
  return new Promise((done) => canvas.toBlob((blob) => done(store(`${name}.png`, blob)), 'image/png'));
}

/** An SVG of series as lines, in the colours of now. */
export function svg(name, title, series, data) {
  const legend = series.length * 20;
  const height = PLOT.top + PLOT.height + PLOT.bottom + legend;
  const values = data.columns.slice(0, series.length).flat().filter((value) => value !== null);
  const low = Math.min(...values, ...(values.every((value) => value >= 0) ? [0] : []));
  const high = Math.max(...values, low + 1e-9);
  const first = data.at[0] ?? 0;
  const span = (data.at.at(-1) ?? 1) - first || 1;
  const x = (at) => +(PLOT.left + ((at - first) / span) * (WIDTH - PLOT.left - PLOT.right)).toFixed(1);
  const y = (value) => +(PLOT.top + PLOT.height - ((value - low) / (high - low)) * PLOT.height).toFixed(1);
  const [ink, soft, line, surface] = ['--ink', '--soft', '--line', '--surface'].map(colour);
  const text = (content, at) => s('text', { fill: soft, 'font-size': 12, ...at }, content);
  const ticks = [0, 1, 2, 3, 4].map((i) => low + ((high - low) * i) / 4);
  const every = Math.max(1, Math.ceil(data.at.length / 8));
  const drawn = s('svg', { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${WIDTH} ${height}`, width: WIDTH, height, 'font-family': 'system-ui, sans-serif' },
    s('title', {}, title),
    s('rect', { width: WIDTH, height, fill: surface }),
    s('text', { x: 16, y: 28, fill: ink, 'font-size': 16 }, title),
    ticks.map((tick) => [
      s('line', { x1: PLOT.left, x2: WIDTH - PLOT.right, y1: y(tick), y2: y(tick), stroke: line }),
      text(number(tick, 4), { x: PLOT.left - 8, y: y(tick) + 4, 'text-anchor': 'end' }),
    ]),
    data.at.map((at, i) => i % every === 0 && text(data.periods[i], { x: x(at), y: PLOT.top + PLOT.height + 20, 'text-anchor': 'middle' })),
    series.map((one, i) => {
      const stroke = colour(`--series-${(i % COLOURS) + 1}`);
      let drawing = false;
      const path = data.at.map((at, k) => {
        const value = data.columns[i][k];
        const step = value === null ? '' : `${drawing ? 'L' : 'M'}${x(at)} ${y(value)}`;
        drawing = value !== null;
        return step;
      }).join('');
      const at = PLOT.top + PLOT.height + PLOT.bottom + i * 20;
      return [
        s('path', { d: path, fill: 'none', stroke, 'stroke-width': 2 }),
        s('line', { x1: PLOT.left, x2: PLOT.left + 24, y1: at, y2: at, stroke, 'stroke-width': 3 }),
        text(`${one.label}${one.unit ? ` (${one.unit})` : ''}`, { x: PLOT.left + 32, y: at + 4 }),
      ];
    }));
  store(`${name}.svg`, new Blob([new XMLSerializer().serializeToString(drawn)], { type: 'image/svg+xml' }));
}
