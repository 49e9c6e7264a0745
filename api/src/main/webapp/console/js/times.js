import { language } from './texts.js';
import { h } from './ui/dom.js';

/** Instants as people read them: in the zone of the reader, with UTC beside it. */

const LARGE = 1e21;
const SMALL = 1e-9;

/** The locale of the reader, if it is of the language of the page. */
function locale() {
  return (navigator.languages ?? []).find((one) => one.startsWith(language())) ?? language();
}

export function local(instant) {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant));
}

/** With its seconds. */
export function precise(instant) {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(instant));
}

export function utc(instant) {
  return `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Both, as a text. */
export function both(instant) {
  return `${local(instant)} (${utc(instant)})`;
}

/** Both, as an element. */
export function time(instant) {
  return instant ? h('time', { datetime: instant, title: instant }, local(instant), ' ', h('span', { class: 'soft small' }, `(${utc(instant)})`)) : '–';
}

export function number(value, digits = 6) {
  return value === null || value === undefined ? '–' : new Intl.NumberFormat(locale(), { maximumSignificantDigits: digits }).format(value);
}

/**
 * A number with each digit that it has; the other is for axes, legends and measures. A text is formatted as it stands, without the tail of a
 * binary fraction; what would take a line of zeros is written with a power of ten. Of what is worked out, the digits after the fifteenth are the errors of the arithmetic: -19.999999999999996 is -20.
 */
export function exact(value, worked = false) {
  if (value === null || value === undefined) return '–';
  const size = Math.abs(Number(value));
  const notation = size >= LARGE || (size > 0 && size < SMALL) ? 'scientific' : 'standard';
  return new Intl.NumberFormat(locale(), { maximumSignificantDigits: worked ? 15 : 21, notation }).format(String(value));
}

/** Whether the reader writes 12,5. */
export function hasDecimalComma() {
  return new Intl.NumberFormat(locale()).formatToParts(1.5).some((part) => part.type === 'decimal' && part.value === ',');
}

/** Bytes in a unit that people read. */
export function bytes(count) {
  const unit = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  const power = count < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(count) / 3));
  return new Intl.NumberFormat(locale(), { style: 'unit', unit: unit[power], maximumSignificantDigits: 3 }).format(count / 1000 ** power);
}
