import { t } from '../texts.js';
import { number } from '../times.js';
import { h } from '../ui/dom.js';

/** States as a word with a colour; the colour says nothing that the word does not. */
const TONE = {
  FRESH: 'good', WARN: 'warn', STALE: 'bad', CRITICAL: 'bad', WARNING: 'warn', QUIET: 'good', OPEN: 'warn', CLOSED: '', RIGHT: 'good', KEPT: 'good', BROKEN: 'bad',
  PASS: 'good', NO_DATA: '', DONE: 'good', POSTPONED: 'warn', FAILED: 'bad', BLOCKED: 'bad', USED: 'good', UNUSED: 'warn', DUPLICATE: 'warn', INVALID: 'bad',
  ADOPTED: 'good', UNDECIDED: 'warn',
};

export function mark(state) {
  return h('span', { class: `mark ${TONE[state] ?? ''}` }, t(`state.${state}`));
}

export function percent(share) {
  return share === null || share === undefined ? '–' : `${number(share * 100, 4)} %`;
}

export function milliseconds(value) {
  return value === null || value === undefined ? '–' : `${number(value, 4)} ms`;
}

/** An ISO 8601 duration in words that people read, such as 3 d 4 h. */
export function duration(text) {
  if (!text) return '–';
  const parts = [...text.matchAll(/([\d.]+)([YMWDHS])/g)];
  const time = text.indexOf('T');
  let words = parts.map(([, value, unit], i) => [Number(value), unit === 'M' && time >= 0 && parts[i].index > time ? 'min' : { Y: 'y', M: 'mo', W: 'wk', D: 'd', H: 'h', S: 's' }[unit]]);
  if (words[0]?.[1] === 'h' && words[0][0] >= 48) words = [[Math.floor(words[0][0] / 24), 'd'], [words[0][0] % 24, 'h']];
  return words.filter(([value]) => value > 0).slice(0, 2).map(([value, unit]) => `${number(value, 3)} ${t(`unit.${unit}`)}`).join(' ') || `0 ${t('unit.s')}`;
}
