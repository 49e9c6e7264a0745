import { go } from '../router.js';
import { t } from '../texts.js';
import { fill, h } from '../ui/dom.js';
import { field, select } from '../ui/parts.js';
import { chooser, codesOf, labelled } from './choose.js';
import { collectionAt } from './collections.js';
import { withParameters } from './place.js';
import { nameOf } from './values.js';
import { instantField } from './instant.js';

/** The filters of a list. They are sent together, so that a page is asked for once. */
export function filters(path, url) {
  const { properties, filters: filtered, within } = collectionAt(path);
  const read = new Map();
  const asked = (name) => url.searchParams.get(name) ?? '';
  const q = h('input', { type: 'search', name: 'q', value: asked('q'), autocomplete: 'off' });
  read.set('q', () => q.value.trim());
  const parts = [field(t('filters.q'), q)];
  const choosers = [];
  for (const name of filtered) {
    const of = properties[name];
    if (of.kind === 'code') parts.push(ofCodes(name, of.list, asked(name), read));
    else if (of.kind === 'item') parts.push(ofItem(nameOf(name), name, of.collection, asked(name), read, choosers));
    else if (of.kind === 'number' && !of.whole) parts.push(ofNumber(name, url.searchParams.getAll(name), read));
    else {
      const input = h('input', { name, value: asked(name), autocomplete: 'off' });
      read.set(name, () => input.value.trim());
      parts.push(field(nameOf(name), input));
    }
  }
  if (within) parts.push(ofItem(t('filters.within'), 'within', 'regions', asked('within'), read, choosers));
  const instant = instantField(t('asof.long'), asked('asOf'));
  read.set('asOf', instant.instant);
  return h('form', {
    class: 'stack', role: 'search', 'aria-label': t('filters'),
    onsubmit: (event) => {
      event.preventDefault();
      const open = choosers.filter((one) => one.open());
      if (open.length) return open[0].input.focus();
      const changes = { after: null };
      for (const [name, value] of read) changes[name] = value();
      go(withParameters(url, changes));
    },
  }, h('div', { class: 'filters' }, parts, instant),
  h('div', { class: 'row' }, h('button', { class: 'main' }, t('filters.apply')), h('a', { class: 'button', href: url.pathname }, t('filters.none'))));
}

function ofCodes(name, list, value, read) {
  const control = select([['', t('filters.any')], ...(value ? [[value, value]] : [])], value, () => {}, { name });
  read.set(name, () => control.value);
  codesOf(list).then((codes) => {
    const now = control.value;
    const other = now && !codes.some(([code]) => code === now); // several codes, or one that is gone
    fill(control, [['', t('filters.any')], ...(other ? [[now, now]] : []), ...codes].map(([code, text]) => h('option', { value: code, selected: code === now }, text)));
  }, () => {});
  return field(nameOf(name), control);
}

function ofItem(label, name, collection, value, read, choosers) {
  const part = chooser(label, collection, value ? { code: value } : null);
  choosers.push(part);
  read.set(name, () => part.chosen()?.code ?? '');
  return labelled(label, part);
}

function ofNumber(name, values, read) {
  const bound = (operator) => values.find((one) => one.startsWith(`${operator}:`))?.slice(operator.length + 1) ?? '';
  const [least, most] = ['ge', 'le'].map((operator) => h('input', { type: 'number', step: 'any', value: bound(operator), name: `${name}-${operator}` }));
  const others = values.filter((one) => !/^(ge|le):/.test(one)); // the form cannot show them
  read.set(name, () => [least.value && `ge:${least.value}`, most.value && `le:${most.value}`, ...others].filter(Boolean));
  return h('div', { class: 'row' }, field(t('filters.least', { name: nameOf(name) }), least), field(t('filters.most', { name: nameOf(name) }), most));
}
