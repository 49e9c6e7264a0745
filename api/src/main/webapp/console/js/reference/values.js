import { t } from '../texts.js';
import { number } from '../times.js';
import { h } from '../ui/dom.js';
import { collectionAt, pageOf } from './collections.js';

/** Values of properties as people read them. */

const NOTHING = '–';

/** A value with links to the items that it refers to. */
export function shown(of, value) {
  if (value === null || value === undefined || value === '') return NOTHING;
  if (of?.kind === 'item' || (value.code && value.name !== undefined)) {
    return of?.collection ? h('a', { href: pageOf(of.collection, value.code) }, value.name ?? value.code) : value.name ?? value.code;
  }
  if (of?.kind === 'code') return h('a', { href: pageOf(`code-lists/${of.list}/codes`, value) }, value);
  if (of?.kind === 'owners') {
    return h('ul', { class: 'plain-list' }, value.map((one) => h('li', {}, shown({ kind: 'item', collection: 'organizations' }, one.organization), ` ${share(one.share)}`)));
  }
  if (of?.kind === 'map') return h('ul', { class: 'plain-list' }, Object.entries(value).map(([key, one]) => h('li', {}, `${key}: ${one}`)));
  return plain(of, value);
}

/** The same as a text. */
export function plain(of, value) {
  if (value === null || value === undefined || value === '') return NOTHING;
  if (Array.isArray(value)) return value.map((one) => (one.organization ? `${one.organization.code ?? one.organization} ${share(one.share)}` : plain(null, one))).join(', ');
  if (typeof value === 'object') return value.code ? `${value.name ?? ''} (${value.code})`.trim() : Object.entries(value).map(([key, one]) => `${key}: ${one}`).join(', ');
  if (typeof value === 'number') return number(value, 15);
  return String(value);
}

function share(part) {
  return part === null || part === undefined ? '' : `${number(part * 100, 6)} %`;
}

/** Whether two values are the same; of items only the codes count. */
export function same(one, other) {
  return canonical(one) === canonical(other);
}

function canonical(value) {
  if (value === null || value === undefined || value === '') return 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value === 'object') {
    if (value.code !== undefined) return `"${value.code}"`;
    return `{${Object.keys(value).sort().map((key) => `${key}:${canonical(value[key])}`).join()}}`;
  }
  return JSON.stringify(value);
}

/** The name of a property. */
export function nameOf(property) {
  return t(`property.${property}`);
}

/** The properties of a collection, with the name that all items have. */
export function propertiesOf(collection) {
  return { name: { kind: 'text' }, ...collectionAt(collection).properties };
}
