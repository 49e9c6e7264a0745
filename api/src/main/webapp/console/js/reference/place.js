import { collectionAt } from './collections.js';

/** Where in the reference data an address is: {collection, code}, either of them null; null if nothing is there. */
export function placeOf(pathname) {
  const parts = pathname.split('/').filter(Boolean).slice(1).map(decodeURIComponent);
  if (!parts.length) return { collection: null, code: null };
  const inList = parts[0] === 'code-lists' && parts[2] === 'codes';
  const collection = inList ? parts.slice(0, 3).join('/') : parts[0];
  const rest = parts.slice(inList ? 3 : 1);
  return collectionAt(collection) && rest.length <= 1 ? { collection, code: rest[0] ?? null } : null;
}

/** The address with other parameters; null takes one away. */
export function withParameters(url, changes) {
  const query = new URLSearchParams(url.search);
  for (const [name, value] of Object.entries(changes)) {
    query.delete(name);
    (Array.isArray(value) ? value : [value]).filter((one) => one !== null && one !== undefined && one !== '').forEach((one) => query.append(name, one));
  }
  const text = query.toString();
  return url.pathname + (text ? `?${text}` : '');
}
