/** Bars of several series, side by side in each period: where they stand, for the canvas and for a picture of it. */
const SHARE = 0.8;
const MOST = 60;

/** The least distance of two instants; a day for a single one. */
export function step(at) {
  return at.length > 1 ? Math.min(...at.slice(1).map((instant, i) => instant - at[i])) : 86_400;
}

/** The bars of a series in a chart: {x, y, width, height} in the pixels of the page, from the corner of the plot. `slot` of `slots` is its place. */
export function boxes(chart, i) {
  const { scale, slot, slots } = chart.series[i];
  const [first] = chart.data[0];
  const column = chart.valToPos(first + step(chart.data[0]), 'x') - chart.valToPos(first, 'x');
  const width = Math.min(MOST, (column * SHARE) / slots);
  const { min, max } = chart.scales[scale];
  const ground = chart.valToPos(Math.min(max, Math.max(min, 0)), scale);
  return chart.data[0].flatMap((at, k) => {
    const value = chart.data[i][k];
    if (value === null || value === undefined) return [];
    const y = chart.valToPos(value, scale);
    return [{ x: chart.valToPos(at, 'x') + (slot - slots / 2) * width, y: Math.min(y, ground), width, height: Math.abs(y - ground) }];
  });
}

/** The same as a path that uPlot fills. */
export function paths(chart, i) {
  const path = new Path2D();
  const { left, top } = chart.bbox;
  for (const { x, y, width, height } of boxes(chart, i)) {
    path.rect(left + x * uPlot.pxRatio, top + y * uPlot.pxRatio, width * uPlot.pxRatio, height * uPlot.pxRatio);
  }
  return { stroke: path, fill: path, clip: null, flags: 3 };
}
