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
const FORMS = { dataset: /^[\w@$-]{1,64}$/, item: /^[a-z-]+(\/[\w@$-]{1,64}){1,3}$/ };

export function parse(url) {
  const state = {};
  for (const name of NAMES) {
    const value = url.searchParams.get(name);
    if (value && (FORMS[name]?.test(value) ?? true)) state[name] = value;
  }
  return state;
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
