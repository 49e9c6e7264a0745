import * as session from '../session.js';

const OTHERS = ['reader', 'loader', 'operator'];

/**
 * Whether to offer changes. They are not offered to whose token lists roles of the platform, and nowhere that of an editor. Which claim has the
 * roles, and what stands before their names, is a setting of the server; where it is not clear, the platform itself says so when a change is sent.
 */
export function mayEdit() {
  const claims = session.claims();
  const lists = listsIn(claims);
  return /\beditor\b/.test(JSON.stringify(claims)) || !lists.some((list) => OTHERS.some((role) => list.includes(role)));
}

/** All lists in a value, however deep, and texts with spaces as lists. */
function listsIn(value) {
  if (typeof value === 'string') return value.includes(' ') ? [value.split(' ')] : [];
  if (!value || typeof value !== 'object') return [];
  return [...(Array.isArray(value) ? [value] : []), ...Object.values(value).flatMap(listsIn)];
}
