import { language } from './texts.js';
import { h } from './ui/dom.js';

/** Instants as people read them: in the zone of the reader, with UTC beside it. */

/** The locale of the reader, if it is of the language of the page. */
function locale() {
  return (navigator.languages ?? []).find((one) => one.startsWith(language())) ?? language();
}

export function local(instant) {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant));
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
 * binary fraction. Of what is worked out, the digits after the fifteenth are the errors of the arithmetic: -19.999999999999996 is -20.
 */
export function exact(value, worked = false) {
  return value === null || value === undefined ? '–' : new Intl.NumberFormat(locale(), { maximumSignificantDigits: worked ? 15 : 21 }).format(String(value));
}

/** Bytes in a unit that people read. */
export function bytes(count) {
  const unit = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  const power = count < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(count) / 3));
  return new Intl.NumberFormat(locale(), { style: 'unit', unit: unit[power], maximumSignificantDigits: 3 }).format(count / 1000 ** power);
}
