import { t } from '../texts.js';
import { number } from '../times.js';
import { h } from '../ui/dom.js';

/** How far a load is, as people read it. */
const TONE = { COMPLETED: 'good', FAILED: 'bad', STOPPED: 'warn' };
const ROWS = ['read', 'inserted', 'revised', 'unchanged', 'deleted', 'rejected', 'ignored', 'rounded'];

export function stateMark(state) {
  return h('span', { class: `mark ${TONE[state] ?? ''}` }, t(`load.state.${state}`));
}

export function ended(load) {
  return ['COMPLETED', 'FAILED', 'STOPPED'].includes(load.state);
}

/** The numbers of its rows. */
export function rows(load) {
  return h('dl', { class: 'figures' }, ROWS.filter((name) => load.rows?.[name] || ['read', 'rejected'].includes(name)).map((name) =>
    h('div', { class: name === 'rejected' && load.rows?.rejected ? 'bad' : null }, h('dt', {}, t(`rows.${name}`)), h('dd', {}, number(load.rows?.[name] ?? 0, 12)))));
}
