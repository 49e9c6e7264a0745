import { inTab } from './kept.js';

/** Asks the public API. A refusal is thrown as a problem (RFC 9457). */
const ROOT = '/api/v1/';

export class ApiProblem extends Error {
  constructor(status, problem, retryAfter) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`);
    this.name = 'ApiProblem';
    this.status = status;
    this.slug = (problem.type ?? '').replace('/problems/', '');
    this.title = problem.title;
    this.errors = problem.errors ?? [];
    this.retryAfter = retryAfter;
  }

  static async of(response) {
    let problem = {};
    try {
      problem = await response.json();
    } catch {
      // What stands between here and the platform answered by itself.
    }
    return new ApiProblem(response.status, problem, response.headers.get('retry-after'));
  }
}

function headers(more) {
  const token = inTab.get('refdata.token');
  return { ...(token && { authorization: `Bearer ${token}` }), ...more };
}

/** A response that is no refusal. The path is that below /api/v1, or begins with a slash. */
export async function request(path, { method = 'GET', body, type, ifMatch, ifNoneMatch, reason, accept = 'application/json', signal } = {}) {
  const response = await fetch(path.startsWith('/') ? path : ROOT + path, {
    method,
    body,
    signal,
    credentials: 'omit', // else the browser asks for a password by itself at each 401
    headers: headers({
      accept,
      ...(type && { 'content-type': type }),
      ...(ifMatch && { 'if-match': ifMatch }),
      ...(ifNoneMatch && { 'if-none-match': ifNoneMatch }),
      ...(reason && { 'x-change-reason': unescape(encodeURIComponent(reason)) }), // a header has bytes; these are of UTF-8
    }),
  });
  if (response.status === 401 && inTab.get('refdata.token')) dispatchEvent(new Event('tokenrefused'));
  if (!response.ok && response.status !== 304) throw await ApiProblem.of(response);
  return response;
}

/** The JSON at a path. */
export async function get(path, options) {
  return (await request(path, options)).json();
}

/** The JSON at a path, and its entity tag: what a later change has to name. */
export async function getTagged(path, options) {
  const response = await request(path, options);
  return { item: await response.json(), etag: response.headers.get('etag') };
}

/** Sends JSON; gives what the answer has as JSON, or null. */
export async function send(method, path, json, options = {}) {
  const response = await request(path, {
    method, type: method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
    body: json === undefined ? undefined : JSON.stringify(json), ...options,
  });
  const text = await response.text();
  return { status: response.status, etag: response.headers.get('etag'), location: response.headers.get('location'), json: text ? JSON.parse(text) : null };
}

/** A path with parameters; null and empty ones are left out, lists are repeated. */
export function address(path, parameters = {}) {
  const query = Object.entries(parameters).flatMap(([name, value]) => (Array.isArray(value) ? value : [value])
    .filter((one) => one !== null && one !== undefined && one !== '')
    .map((one) => `${encodeURIComponent(name)}=${readable(one)}`));
  return (path.startsWith('/') ? path : ROOT + path) + (query.length ? `?${query.join('&')}` : '');
}

/** Escapes a value, but for what people like to read in an address and RFC 3986 allows there. What ends a text in a shell is escaped. */
export function readable(value) {
  return encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%2F', '/').replaceAll('%40', '@').replaceAll('%24', '$')
    .replaceAll("'", '%27').replaceAll('(', '%28').replaceAll(')', '%29');
}

/** The path of the items that the values of a dimension are codes of. */
export function collectionPath(values) {
  return values.startsWith('code-lists/') ? `${values}/codes` : values;
}

/** The codes of items with their names; what is not there has none. */
export async function names(collection, codes, { asOf, signal } = {}) {
  const parts = Array.from({ length: Math.ceil(codes.length / 100) }, (_, i) => codes.slice(i * 100, (i + 1) * 100));
  const pages = await Promise.all(parts.map((part) => get(address(collectionPath(collection), { code: part.join(','), fields: 'code,name', limit: 100, asOf }), { signal })));
  return new Map(pages.flatMap((page) => page.items.map((item) => [item.code, item.name])));
}
