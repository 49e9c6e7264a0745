import { readable } from '../api.js';

/**
 * What Explore shows, as it stands in the address of the page. `key` has the codes that are picked for each dimension, none meaning all;
 * in the address it is a pattern of keys as the API reads it, such as FRA,DEU.co2.
 */
const NAMES = ['dataset', 'item', 'key', 'from', 'to', 'asOf', 'knownAt', 'against', 'unit', 'transform', 'frequency', 'aggregation', 'aggregate', 'minCoverage',
  'chart', 'scale', 'show', 'period', 'map'];

/** What a question to the API takes over as it is. */
const ASKED = ['from', 'to', 'asOf', 'knownAt', 'unit', 'transform', 'frequency', 'aggregation', 'aggregate', 'minCoverage'];

/** What becomes a part of a path has this form; anything else in an address is as good as nothing. */
const CHOICES = { chart: ['line', 'bar', 'multiples'], scale: ['linear', 'log'], show: ['revisions', 'map'], map: ['facilities'] };
const FORMS = { dataset: /^[\w@$-]{1,64}$/, item: /^[a-z-]+(\/[\w@$-]{1,64}){1,3}$/ };

export function parse(url) {
  const state = {};
  for (const name of NAMES) {
    const value = name === 'key' ? oneKey(url.searchParams.getAll('key')) : url.searchParams.get(name);
    if (value && fits(name, value)) state[name] = value;
  }
  return state;
}

function fits(name, value) {
  return (FORMS[name]?.test(value) ?? true) && (CHOICES[name]?.includes(value) ?? true);
}

/** Two patterns that differ in one part are one pattern; of others the first is taken. */
function oneKey(keys) {
  return keys.reduce((one, other) => {
    const [these, those] = [one.split('.'), other.split('.')];
    const differing = these.flatMap((part, i) => (part === those[i] ? [] : [i]));
    return these.length === those.length && differing.length === 1 && ![these, those].some((parts) => parts[differing[0]] === '*')
      ? these.map((part, i) => (i === differing[0] ? `${part},${those[i]}` : part)).join('.') : one;
  }, keys.shift() ?? '');
}

/** The names in an address that mean nothing here: unknown ones, values that are none, and all but the first of several. */
export function leftOut(url) {
  const state = parse(url);
  const merged = url.searchParams.getAll('key').flatMap((key) => key.split(/[.,]/)).every((code) => state.key?.split(/[.,]/).includes(code));
  const more = (name) => (name === 'key' ? !merged : url.searchParams.getAll(name).length > 1);
  return [...new Set(url.searchParams.keys())].filter((name) => !NAMES.includes(name) || (url.searchParams.get(name) && !state[name]) || more(name));
}

/** Whether the platform works its values out of what is stored. */
export function worked(state) {
  return Boolean(state.transform || state.unit || state.frequency || state.aggregate);
}

/** The address that brings a state back. */
export function addressOf(state, path = '/explore') {
  const query = NAMES.filter((name) => state[name]).map((name) => `${name}=${readable(state[name])}`);
  return path + (query.length ? `?${query.join('&')}` : '');
}

/** The codes that are picked for each dimension. */
export function picked(state, dimensions) {
  const parts = (state.key ?? '').split('.');
  return dimensions.map((_, i) => (parts[i] && parts[i] !== '*' ? parts[i].split(',') : []));
}

/** The pattern of keys for the codes that are picked. */
export function pattern(codes) {
  return codes.map((some) => (some.length ? some.join(',') : '*')).join('.');
}

/** The address of the observations that a state shows; `more` adds to it or, by null, takes away. */
export function observations(state, more = {}) {
  const parameters = { key: state.key, ...Object.fromEntries(ASKED.map((name) => [name, state[name]])), ...more };
  const query = Object.entries(parameters).filter(([, value]) => value).map(([name, value]) => `${name}=${readable(value)}`);
  return `/api/v1/datasets/${state.dataset}/observations${query.length ? `?${query.join('&')}` : ''}`;
}
