import { get, send } from '../api.js';
import { t } from '../texts.js';
import { bytes, number, time } from '../times.js';
import { announce, fill, h } from '../ui/dom.js';
import { button, copied, empty, failure, show as showIn, table } from '../ui/parts.js';
import { mark, percent } from './marks.js';

/** Advice on indexes: why, what it would gain, its trial, and what came of it; and all indexes by their use. */
const BUSY = ['APPLYING', 'MEASURING', 'ADOPTING', 'UNDOING'];
const EVERY = 3000;
let timer = 0;

export function leave() {
  clearTimeout(timer);
}

/** The title of a single one, whose id says nothing. */
export function heading() {
  return t('indexes.one');
}

export async function show(body, { more }) {
  leave();
  if (more) return advice(body, more);
  const list = h('div', { class: 'stack' });
  const all = h('div');
  fill(body, h('div', { class: 'row' }, button(t('indexes.find'), async (event) => {
    event.target.disabled = true;
    await showIn(list, send('POST', 'database/indexes/recommendations').then(({ json }) => json), recommendations);
    event.target.disabled = false;
  })), list, h('details', { class: 'card', ontoggle: (event) => event.target.open && !all.childElementCount && showIn(all, get('database/indexes'), indexes) }, h('summary', {}, t('indexes.all')), all));
  await showIn(list, get('database/indexes/recommendations'), recommendations, () => show(body, {}));
}

function recommendations({ items, hint }) {
  return [
    hint && h('p', { class: 'note' }, hint),
    items.length ? h('ul', { class: 'cards' }, items.map((one) => h('li', { class: 'card stack tight' },
      h('h2', {}, h('a', { href: `/operations/indexes/${one.id}` }, t(`indexes.${one.kind}`, { index: one.index }))), h('p', {}, state(one)), h('p', {}, one.reason),
      h('p', { class: 'soft small' }, t('indexes.gain', { share: percent(one.expectedGain?.share), table: one.table, size: bytes(one.bytes ?? 0) })))))
      : empty(t('indexes.none'), t('indexes.none.next')),
  ];
}

function state(one) {
  return ['ADOPTED', 'UNDECIDED', 'FAILED', 'OPEN'].includes(one.state) ? mark(one.state) : h('span', { class: 'mark' }, t(`state.${one.state}`));
}

async function advice(body, id) {
  await showIn(body, get(`database/indexes/recommendations/${encodeURIComponent(id)}`), (one) => {
    clearTimeout(timer);
    if (BUSY.includes(one.state)) timer = setTimeout(() => body.isConnected && advice(body, id), EVERY);
    return detail(body, one);
  }, () => advice(body, id));
}

function detail(body, one) {
  const outcome = h('div');
  const act = (what) => button(t(`indexes.${what}`), async (event) => {
    event.target.disabled = true;
    try {
      await send('POST', `database/indexes/recommendations/${one.id}/${what}`);
      announce(t('indexes.begun'));
      await advice(body, one.id);
    } catch (error) {
      event.target.disabled = false;
      fill(outcome, failure(error));
    }
  }, { class: what === 'apply' ? 'main' : null });
  const trying = ['MEASURING', 'UNDECIDED'].includes(one.state);
  return [
    h('div', { class: 'card stack' }, h('h2', {}, t(`indexes.${one.kind}`, { index: one.index })), h('p', {}, state(one), ' ', one.message), h('p', {}, one.reason),
      h('dl', { class: 'figures' }, [
        [t('indexes.saved'), percent(one.expectedGain?.share)], [t('indexes.measured'), one.measuredGain ? percent(one.measuredGain.share) : '–'], [t('indexes.size'), bytes(one.bytes ?? 0)],
        [t('indexes.writes'), percent(one.writes?.share)],
      ].map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value)))),
      copied(one.ddl, t('indexes.ddl')), outcome,
      h('div', { class: 'row' }, ['OPEN', 'UNDONE', 'FAILED'].includes(one.state) && act('apply'), trying && act('adopt'), (trying || one.state === 'FAILED') && act('undo')),
      h('p', { class: 'soft small' }, t('indexes.trial'))),
    one.statements?.length > 0 && table(t('indexes.statements'), [
      { title: t('indexes.statement'), cell: (row) => h('code', {}, row.query.slice(0, 300)) }, { title: t('queries.calls'), number: true, cell: (row) => number(row.calls, 12) },
      { title: t('indexes.before'), number: true, cell: (row) => number(row.costBefore, 5) }, { title: t('indexes.after'), number: true, cell: (row) => number(row.costAfter, 5) },
    ], one.statements),
    one.steps?.length > 0 && table(t('indexes.steps'), [
      { title: t('load.step'), cell: (row) => row.step }, { title: t('load.state'), cell: (row) => mark(row.outcome) }, { title: t('jobs.at'), cell: (row) => time(row.at) },
      { title: t('load.seconds'), number: true, cell: (row) => number(row.seconds, 3) }, { title: t('jobs.detail'), cell: (row) => row.detail ?? '–' },
    ], one.steps),
  ];
}

function indexes({ items }) {
  return table(t('indexes.all'), [
    { title: t('indexes.name'), cell: (one) => h('span', { class: 'code' }, one.name) }, { title: t('indexes.table'), cell: (one) => h('span', { class: 'code' }, one.table) },
    { title: t('indexes.verdict'), cell: (one) => mark(one.verdict) }, { title: t('indexes.scans'), number: true, cell: (one) => number(one.scans, 12) },
    { title: t('indexes.size'), number: true, cell: (one) => bytes(one.bytes) }, { title: t('indexes.used'), cell: (one) => time(one.lastUsedAt) },
  ], items, { unseen: true });
}
