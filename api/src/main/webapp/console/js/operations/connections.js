import { get } from '../api.js';
import { t } from '../texts.js';
import { exact, time } from '../times.js';
import { fill, h } from '../ui/dom.js';
import { button, empty, show as showIn, table } from '../ui/parts.js';
import { milliseconds } from './marks.js';

/** The pool of connections, the sessions of the database, and who waits for whom. */
export async function show(body) {
  const place = h('div', { class: 'stack' });
  const draw = () => showIn(place, get('database/connections'), drawn, draw);
  fill(body, h('div', {}, button(t('refresh'), draw)), place);
  await draw();
}

function drawn({ pool, sessions, longTransactions, blocking }) {
  return [
    h('section', { class: 'card stack' }, h('h2', {}, t('pool')),
      h('dl', { class: 'figures' }, [['active', pool.active], ['idle', pool.idle], ['waiting', pool.waiting], ['max', pool.max], ['acquisition', milliseconds(pool.acquisitionP95Ms)], ['leaks', pool.leaks.length]]
        .map(([name, value]) => h('div', {}, h('dt', {}, t(`pool.${name}`)), h('dd', {}, typeof value === 'number' ? exact(value) : value))))),
    h('section', { class: 'card stack' }, h('h2', {}, t('locks')), blocking.length ? h('ul', { class: 'tree' }, blocking.map(holder)) : h('p', { class: 'soft' }, t('locks.none'))),
    longTransactions.length > 0 && h('section', { class: 'stack' }, h('h2', {}, t('transactions.long')), ofSessions(longTransactions, t('transactions.long'))),
    h('section', { class: 'stack' }, h('h2', {}, t('sessions')), sessions.length ? ofSessions(sessions, t('sessions')) : empty(t('sessions.none'), null)),
  ];
}

function holder(one) {
  const what = [h('strong', {}, t('locks.session', { pid: one.pid })), ' ', one.statement ?? '', ' ', h('code', { class: 'small' }, (one.query ?? '').slice(0, 160))];
  return h('li', {}, one.blocks.length ? h('details', { open: true }, h('summary', {}, what, ' ', h('span', { class: 'mark bad' }, t('locks.blocks', { count: one.blocks.length }))), h('ul', {}, one.blocks.map(holder))) : what);
}

function ofSessions(sessions, caption) {
  return table(caption, [
    { title: t('sessions.pid'), cell: (one) => one.pid }, { title: t('sessions.application'), cell: (one) => one.application ?? '–' }, { title: t('load.state'), cell: (one) => one.state ?? '–' },
    { title: t('queries.name'), cell: (one) => one.statement ?? '–' }, { title: t('sessions.since'), cell: (one) => time(one.since) },
    { title: t('sessions.transaction'), cell: (one) => time(one.transactionSince) }, { title: t('sessions.waits'), cell: (one) => one.waitsFor ?? '–' },
  ], sessions, { unseen: true });
}
