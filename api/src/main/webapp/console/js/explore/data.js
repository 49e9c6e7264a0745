import { address, collectionPath, get, names } from '../api.js';
import { observations, worked } from './state.js';
import { start } from './periods.js';

/** What Explore reads. */

/** More series than these are not drawn: nobody can tell them apart. */
export const MOST_SERIES = 16;

const MOST_OBSERVATIONS = 50_000;
const MOST_VINTAGES_OF = 6;

/**
 * The definition of a dataset, and the values of each of its dimensions as far as its first 1,000 series have them, with the names of
 * those in a key; all as of an instant, if there is one.
 */
export async function dataset(code, key, asOf) {
  const [definition, page] = await Promise.all([
    get(address(`datasets/${code}`, { asOf })),
    get(address(`datasets/${code}/series`, { limit: 1000 })),
  ]);
  const facets = await Promise.all(definition.dimensions.map(async (dimension, position) => {
    const codes = [...new Set(page.items.map((one) => one.dimensions[dimension.code]))];
    const chosen = (key?.split('.')[position] ?? '').split(',').filter((one) => one && one !== '*');
    const named = await names(dimension.values, [...new Set([...chosen, ...codes.slice(0, 500)])], { asOf }).catch(() => new Map());
    return { ...dimension, codes, names: named };
  }));
  return { ...definition, code, asOf, facets, series: page.items, whole: page.next === null };
}

/** The values of a dimension that a text names: those of its collection, by name or code. */
export async function values(facet, text, signal) {
  const shown = { fields: 'code,name', limit: 30 };
  const pages = await Promise.all([
    get(address(collectionPath(facet.values), { q: text, ...shown }), { signal }),
    /^[\w@$,-]{1,64}$/.test(text) ? get(address(collectionPath(facet.values), { code: text.toUpperCase(), ...shown }), { signal }) : { items: [] },
  ]);
  return pages.reverse().flatMap((page) => page.items);
}

/** What a series is called: the names of those of its codes that differ from series to series. */
function label(one, data, all) {
  const parts = data.facets.filter((facet) => all.some((other) => other.dimensions[facet.code] !== one.dimensions[facet.code]));
  return (parts.length ? parts : data.facets).map((facet) => facet.names.get(one.dimensions[facet.code]) ?? one.dimensions[facet.code]).join(', ');
}

/** The observations of a state, each series with its label and the starts of its periods. */
export async function read(state, data, more = {}, signal) {
  const answer = await get(observations(state, { limit: MOST_OBSERVATIONS, ...more }), { signal });
  await Promise.all(data.facets.map(async (facet) => {
    const unknown = [...new Set(answer.series.map((one) => one.dimensions[facet.code]))].filter((code) => !facet.names.has(code)).slice(0, 100);
    (await names(facet.values, unknown, { asOf: data.asOf }).catch(() => new Map())).forEach((name, code) => facet.names.set(code, name));
  }));
  return {
    cut: answer.next !== null,
    series: answer.series.map((one) => ({ ...one, label: label(one, data, answer.series), worked: worked(state), at: one.time.map(start) })),
  };
}

/** The stored series that some series come from: themselves, or of what is worked out from others a few of those. */
export function sources(data, series) {
  const stored = new Set(data.series.map((one) => one.key));
  return series.flatMap((one) => (stored.has(one.key) || !data.whole ? [one.key] : data.series
    .filter((other) => data.facets.filter((facet) => facet.values !== 'regions').every((facet) => other.dimensions[facet.code] === one.dimensions[facet.code]))
    .map((other) => other.key)));
}

/** The instants at which one of some series changed, oldest first: {at, publishedAt, load, inserted, revised, deleted, keys}. */
export async function vintages(code, keys, signal) {
  const pages = await Promise.all([...new Set(keys)].slice(0, MOST_VINTAGES_OF).map((key) =>
    get(`datasets/${code}/series/${key}/vintages`, { signal }).then((page) => page.items, (error) => (error.status === 404 ? [] : Promise.reject(error)))));
  const all = new Map();
  pages.flat().forEach((vintage) => {
    const known = all.get(vintage.revision) ?? { ...vintage, inserted: 0, revised: 0, deleted: 0 };
    known.inserted += vintage.inserted;
    known.revised += vintage.revised;
    known.deleted += vintage.deleted;
    all.set(vintage.revision, known);
  });
  return [...all.values()].sort((a, b) => a.revision - b.revision);
}

/** The instants of all series on one axis, each with its period, and the values of each series at them. */
export function aligned(series) {
  const periods = new Map();
  series.forEach((one) => one.at.forEach((at, i) => periods.set(at, one.time[i])));
  const at = [...periods.keys()].sort((a, b) => a - b);
  const place = new Map(at.map((instant, i) => [instant, i]));
  const columns = series.map((one) => {
    const column = new Array(at.length).fill(null);
    one.at.forEach((instant, i) => (column[place.get(instant)] = one.value[i]));
    return column;
  });
  const statuses = series.map((one) => {
    const column = new Array(at.length).fill('');
    one.at.forEach((instant, i) => (column[place.get(instant)] = one.status[i]));
    return column;
  });
  return { at, periods: at.map((instant) => periods.get(instant)), columns, statuses };
}
