import { address, get, send } from '../api.js';
import { go } from '../router.js';
import { t } from '../texts.js';
import { number, time } from '../times.js';
import { fill, h, redrawn } from '../ui/dom.js';
import { button, empty, failure, show as showIn, table } from '../ui/parts.js';
import { mark } from './marks.js';

/** What the running system is measured by, and the runs of its tests. */
const EVERY = 1500;
let timer = 0;

export function leave() {
  clearTimeout(timer);
}

/** The title of a single one, whose id says nothing. */
export function heading() {
  return t('performance.run');
}

export async function show(body, { more }) {
  leave();
  if (more) return run(body, more);
  const runs = h('div');
  const targets = h('div');
  const outcome = h('div');
  fill(body, h('div', { class: 'row' }, button(t('performance.begin'), async () => {
    try {
      const { json } = await send('POST', 'performance/runs');
      go(`/operations/performance/${json.id}`);
    } catch (error) {
      fill(outcome, failure(error));
    }
  }, { class: 'main' })), outcome, h('h2', {}, t('performance.runs')), runs, h('h2', {}, t('performance.targets')), targets);
  await Promise.all([
    showIn(runs, get(address('performance/runs', { limit: 20 })), ({ items }) => (items.length ? table(t('performance.runs'), [
      { title: t('performance.began'), cell: (one) => h('a', { href: `/operations/performance/${one.id}` }, time(one.beganAt)) },
      { title: t('load.state'), cell: (one) => (one.verdict ? mark(one.verdict) : t(`run.${one.state}`)) },
      { title: t('performance.done'), number: true, cell: (one) => `${one.progress.done}/${one.progress.of}` }, { title: t('performance.asked'), cell: (one) => t(`run.${one.askedBy}`) },
    ], items, { unseen: true }) : empty(t('performance.none'), t('performance.none.next')))),
    showIn(targets, get('performance/targets'), ({ items }) => results(items, t('performance.targets'))),
  ]);
}

function results(items, caption) {
  const measured = items.some((one) => 'figure' in one);
  return table(caption, [
    { title: t('performance.what'), cell: (one) => one.what }, { title: t('performance.load'), cell: (one) => one.load }, { title: t('performance.measure'), cell: (one) => one.measure },
    ...(measured ? [{ title: t('performance.figure'), number: true, cell: (one) => value(one, one.figure) }, { title: t('load.state'), cell: (one) => mark(one.verdict) }] : []),
    { title: t('state.PASS'), number: true, cell: (one) => `${one.better === 'less' ? '≤' : '≥'} ${value(one, one.pass)}` },
    { title: t('state.CRITICAL'), number: true, cell: (one) => `${one.better === 'less' ? '>' : '<'} ${value(one, one.critical)}` },
    ...(measured ? [{ title: t('jobs.detail'), cell: (one) => h('span', { class: 'small' }, one.detail ?? '–') }] : []),
  ], items, { unseen: true });
}

function value(target, figure) {
  return figure === null || figure === undefined ? '–' : `${number(figure, 4)} ${target.unit}`;
}

async function run(body, id) {
  await showIn(body, report(id), (one) => {
    follow(body, one);
    return drawn(one);
  }, () => run(body, id));
}

function report(id) {
  return get(`performance/runs/${encodeURIComponent(id)}`);
}

/** Looks again while it runs; what has the focus keeps it. */
function follow(body, { id, state }) {
  clearTimeout(timer);
  if (state !== 'RUNNING') return;
  timer = setTimeout(async () => {
    try {
      const one = await report(id);
      if (!body.isConnected) return;
      redrawn(body, drawn(one));
      follow(body, one);
    } catch (error) {
      fill(body, failure(error, () => run(body, id)));
    }
  }, EVERY);
}

function drawn(one) {
  return [
    h('div', { class: 'card stack' }, h('p', {}, one.verdict ? mark(one.verdict) : h('span', { class: 'mark' }, t(`run.${one.state}`)), ' ', time(one.beganAt), one.endedAt && [' – ', time(one.endedAt)]),
      one.state === 'RUNNING' && h('progress', { max: String(one.progress.of || 1), value: one.progress.done, 'aria-label': t('load.progress') })),
    one.results.length ? results(one.results, t('performance.results')) : h('p', { class: 'soft' }, t('performance.wait')),
  ];
}
