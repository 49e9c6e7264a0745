import { address, collectionPath, get, names } from '../api.js';
import { t } from '../texts.js';
import { isPart } from './coverage.js';
import { observations, worked } from './state.js';
import { start } from './periods.js';

/** What Explore reads. */

/** More series than these are not drawn: nobody can tell them apart. */
export const MOST_SERIES = 16;

const MOST_OBSERVATIONS = 50_000;
const MOST_VINTAGES_OF = 6;

/** Series of a page, and the values of a dimension whose names are asked for at first. */
const PAGE = 1000;
const NAMED = 200;

/**
 * The definition of a dataset, and the values of each of its dimensions as far as its first 1,000 series have them, with the names of
 * those in a key; all as of an instant, if there is one. `further` has the series after those.
 */
export async function dataset(code, key, asOf) {
  const [definition, page] = await Promise.all([
    get(address(`datasets/${code}`, { asOf })),
    get(address(`datasets/${code}/series`, { limit: PAGE, asOf })),
  ]);
  const facets = await Promise.all(definition.dimensions.map(async (dimension, position) => {
    const codes = [...new Set(page.items.map((one) => one.dimensions[dimension.code]))];
    const chosen = (key?.split('.')[position] ?? '').split(',').filter((one) => one && one !== '*');
    const named = await names(dimension.values, [...new Set([...chosen, ...codes.slice(0, NAMED)])], { asOf }).catch(() => new Map());
    return { ...dimension, codes, names: named };
  }));
  return { ...definition, code, asOf, facets, series: page.items, next: page.next, whole: page.next === null };
}

/** Adds the next page of series, and the values that they have. */
export async function further(data) {
  const page = await get(address(`datasets/${data.code}/series`, { limit: PAGE, asOf: data.asOf, after: data.next }));
  data.series.push(...page.items);
  data.facets.forEach((facet) => (facet.codes = [...new Set([...facet.codes, ...page.items.map((one) => one.dimensions[facet.code])])]));
  Object.assign(data, { next: page.next, whole: page.next === null });
}

/** Asks for the names of some values that have none yet. */
export async function named(facet, codes, asOf) {
  const unknown = codes.filter((code) => !facet.names.has(code));
  if (unknown.length) (await names(facet.values, unknown, { asOf }).catch(() => new Map())).forEach((name, code) => facet.names.set(code, name));
}

/**
 * The values of a dimension that a text names: those of its collection, by name or code. `has` says whether there are series of one beyond those
 * that are known.
 */
export async function values(data, facet, text, signal) {
  const shown = { fields: 'code,name', limit: 30 };
  const pages = await Promise.all([
    get(address(collectionPath(facet.values), { q: text, ...shown }), { signal }),
    /^[\w@$,-]{1,64}$/.test(text) ? get(address(collectionPath(facet.values), { code: text.toUpperCase(), ...shown }), { signal }) : { items: [] },
  ]);
  const found = pages.reverse().flatMap((page) => page.items);
  const asked = data.whole ? [] : found.map((item) => item.code).filter((code) => !facet.codes.includes(code));
  const with1 = new Set(!asked.length ? [] : (await get(address(`datasets/${data.code}/series`, { [facet.code]: asked.join(','), limit: PAGE, asOf: data.asOf }), { signal }))
    .items.map((one) => one.dimensions[facet.code]));
  return found.map((item) => ({ ...item, has: with1.has(item.code) }));
}

/** What a series is called: the names of those of its codes that differ from series to series. */
function label(one, data, all) {
  const parts = data.facets.filter((facet) => all.some((other) => other.dimensions[facet.code] !== one.dimensions[facet.code]));
  return (parts.length ? parts : data.facets).map((facet) => facet.names.get(one.dimensions[facet.code]) ?? one.dimensions[facet.code]).join(', ');
}

let ahead = null;

/** Asks for the observations of a state before the rest that is needed to draw them is there. */
export function askAhead(state) {
  const path = observations(state, { limit: MOST_OBSERVATIONS });
  ahead = { path, answer: get(path) };
  ahead.answer.catch(() => {});
}

/** The answer at an address, the one that was asked for ahead if it is that. */
function answerAt(path, signal) {
  const { answer } = ahead?.path === path ? ahead : {};
  ahead = null;
  return answer ?? get(path, { signal });
}

/** The observations of a state, each series with its label and the starts of its periods. */
export async function read(state, data, more = {}, signal) {
  const answer = await answerAt(observations(state, { limit: MOST_OBSERVATIONS, ...more }), signal);
  await Promise.all(data.facets.map((facet) => named(facet, [...new Set(answer.series.map((one) => one.dimensions[facet.code]))].slice(0, 100), data.asOf)));
  return {
    cut: answer.next !== null,
    series: answer.series.map((one) => ({ ...one, label: `${label(one, data, answer.series)}${isPart(one) ? ` (${t('part')})` : ''}`, worked: worked(state), at: one.time.map(start) })),
  };
}

/** The keys of the stored series that some series come from: themselves, or a few of the members that a group is worked out from. */
export async function sources(data, series, { aggregate }, signal) {
  const keys = await Promise.all(series.map(async (one) => {
    if (!aggregate || data.series.some((known) => known.key === one.key)) return [one.key];
    const others = Object.fromEntries(data.facets.filter((facet) => facet.code !== aggregate).map((facet) => [facet.code, one.dimensions[facet.code]]));
    const page = await get(address(`datasets/${data.code}/series`, { ...others, within: one.dimensions[aggregate], limit: MOST_VINTAGES_OF, asOf: data.asOf }), { signal });
    return page.items.length ? page.items.map((member) => member.key) : [one.key];
  }));
  return keys.flat();
}

/**
 * The instants at which one of some series changed, oldest first: {at, publishedAt, load, inserted, revised, deleted, keys}.
 *
 * @param asOf later ones are left out; undefined for none
 */
export async function vintages(code, keys, asOf, signal) {
  const pages = await Promise.all([...new Set(keys)].slice(0, MOST_VINTAGES_OF).map((key) =>
    get(address(`datasets/${code}/series/${key}/vintages`, { asOf }), { signal }).then((page) => page.items, (error) => (error.status === 404 ? [] : Promise.reject(error)))));
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
