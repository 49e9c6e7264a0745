import { t } from '../texts.js';
import { hasDecimalComma } from '../times.js';
import { announce, fill, h } from '../ui/dom.js';
import { button, field, select } from '../ui/parts.js';
import { chooser, codesOf, labelled } from './choose.js';
import { nameOf, same } from './values.js';

/**
 * The fields of properties. A field is {element, read(), open()}; what is wrong with it is shown at it. `open` gives the control in which
 * something was typed that cannot be read, or null.
 */

/** A field that reads as the value it was made with until somebody changes it: a control may not show all of a value, such as its line breaks. */
export function fieldOf(property, of, value, how = {}) {
  const made = controlOf(property, of, value, how);
  const first = made.read();
  return {
    element: made.element, open: made.open ?? (() => null),
    read: () => {
      const now = made.read();
      return same(now, first) ? value ?? null : now;
    },
  };
}

/** Goes to the first control that cannot be read, and says why; whether there is one. */
export function openField(fields) {
  const [first] = fields.map((one) => one.open()).filter(Boolean);
  if (!first) return false;
  announce(t(first.type === 'date' ? 'form.date.open' : 'choose.open'));
  first.focus();
  return true;
}

function controlOf(property, of, value, { fault, required }) {
  const label = required ? t('form.required', { name: nameOf(property) }) : nameOf(property);
  if (of.kind === 'item') {
    const part = chooser(label, of.collection, value);
    return { element: labelled(label, part, { fault }), read: () => part.chosen(), open: () => (part.open() ? part.input : null) };
  }
  if (of.kind === 'code') return ofCode(label, property, of.list, value, fault);
  if (of.kind === 'owners') return ofOwners(label, value, fault);
  if (of.kind === 'map') return ofMap(label, property, value, fault);
  if (of.kind === 'long') {
    const area = h('textarea', { name: property, rows: 3, value: value ?? '' });
    return { element: field(label, area, { fault }), read: () => area.value.trim() || null };
  }
  const input = h('input', {
    name: property, value: value ?? '', autocomplete: 'off', type: of.kind === 'day' ? 'date' : 'text', inputmode: of.kind === 'number' ? 'decimal' : null,
  });
  const hint = of.kind === 'year' ? t('form.year') : of.kind === 'number' ? t('form.number') : null;
  return { element: field(label, input, { fault, hint }), read: () => (of.kind === 'number' ? numberOf(input.value) : input.value.trim() || null), open: () => (input.validity.badInput ? input : null) };
}

/**
 * A number, or the text as it is, for the platform to say what is wrong with it. A comma is the decimal sign where the reader writes so, if there is
 * no other sign that could be one.
 */
function numberOf(text) {
  const typed = text.trim();
  const plain = hasDecimalComma() && /^-?\d+,\d+$/.test(typed) ? typed.replace(',', '.') : typed;
  if (!plain) return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : plain;
}

function ofCode(label, property, list, value, fault) {
  const control = select([['', '–'], ...(value ? [[value, value]] : [])], value ?? '', () => {}, { name: property });
  codesOf(list).then((codes) => {
    const now = control.value;
    const known = codes.some(([code]) => code === now) || !now;
    fill(control, [['', '–'], ...(known ? [] : [[now, now]]), ...codes].map(([code, text]) => h('option', { value: code, selected: code === now }, text)));
  }, () => {});
  return { element: field(label, control, { fault }), read: () => control.value || null };
}

function ofOwners(label, value, fault) {
  const rows = h('div', { class: 'stack' });
  const read = [];
  const add = (owner) => {
    const part = chooser(t('form.owner'), 'organizations', owner?.organization ?? null);
    const share = h('input', { inputmode: 'decimal', value: owner?.share ?? '', autocomplete: 'off' });
    const one = { part, share };
    const row = h('div', { class: 'row' }, h('div', { class: 'grow' }, labelled(t('form.owner'), part)), field(t('form.share'), share, { hint: t('form.share.hint') }),
      button(t('form.remove'), () => { read.splice(read.indexOf(one), 1); row.remove(); }));
    read.push(one);
    rows.append(row);
    return part;
  };
  (value ?? []).forEach(add);
  return {
    element: h('fieldset', { class: 'stack' }, h('legend', {}, label), fault && h('p', { class: 'fault' }, fault), rows, h('div', {}, button(t('form.owner.add'), () => add(null).input.focus()))),
    open: () => read.filter(({ part, share }) => part.open(share.value.trim() !== '')).map(({ part }) => part.input)[0] ?? null,
    read: () => (read.length ? read.map(({ part, share }) => ({ organization: part.chosen(), share: numberOf(share.value) })).filter((one) => one.organization) : null),
  };
}

/** Lines of keys and values. A key may have a colon: those that are there already are known as wholes. */
function ofMap(label, property, value, fault) {
  const known = Object.keys(value ?? {}).sort((a, b) => b.length - a.length);
  const area = h('textarea', { name: property, rows: 4, spellcheck: 'false', value: Object.entries(value ?? {}).map(([key, one]) => `${key}: ${one}`).join('\n') });
  return {
    element: field(label, area, { fault, hint: t('form.map') }),
    read: () => {
      const entries = area.value.split('\n').map((line) => line.trim()).filter(Boolean).map((line) => {
        const key = known.find((one) => line.startsWith(`${one}:`));
        const at = key === undefined ? line.indexOf(':') : key.length;
        return at < 0 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
      });
      return entries.length ? Object.fromEntries(entries) : null;
    },
  };
}

/** The faults of a problem by property; those that name none are under an empty name. */
export function faultsOf(error, properties) {
  const found = new Map();
  for (const fault of error.errors ?? []) {
    const first = (fault.pointer ?? '').split('/').filter(Boolean);
    const property = first.find((one) => properties.includes(one)) ?? '';
    found.set(property, [found.get(property), fault.detail].filter(Boolean).join(' '));
  }
  return found;
}
