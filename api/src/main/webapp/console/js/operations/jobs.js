import { address, get, send } from '../api.js';
import { t } from '../texts.js';
import { number, time } from '../times.js';
import { announce, fill, h } from '../ui/dom.js';
import { busy, button, empty, failure, show as showIn, table } from '../ui/parts.js';
import { duration, mark } from './marks.js';

/** The tasks that look after the database: when they run, and what they did. */
const STEPS = 50;

export async function show(body) {
  const place = h('div', { class: 'stack' });
  const outcome = h('div', { class: 'stack' });
  fill(body, h('div', { class: 'row center' }, button(t('jobs.maintain'), async (event) => {
    event.target.disabled = true;
    fill(outcome, busy(t('jobs.maintaining')));
    try {
      const { json } = await send('POST', 'database/maintenance');
      const open = json.steps.filter((step) => step.outcome !== 'DONE').length;
      const told = t(open ? 'jobs.maintained.partly' : 'jobs.maintained', { count: json.steps.length, open });
      fill(outcome, h('p', { class: open ? 'note warn' : 'note good', role: 'status' }, told));
      announce(told);
      await tasks(place);
    } catch (error) {
      fill(outcome, failure(error));
    }
    event.target.disabled = false;
  })), h('p', { class: 'soft small' }, t('jobs.maintain.what')), outcome, place);
  await tasks(place);
}

function tasks(place) {
  return showIn(place, get(address('database/maintenance', { limit: STEPS })), ({ schedules, steps }) => [
    table(t('jobs.schedules'), [
      { title: t('jobs.task'), cell: (one) => h('span', { class: 'code' }, one.task) }, { title: t('jobs.every'), cell: (one) => duration(one.every) }, { title: t('jobs.next'), cell: (one) => time(one.next) },
      { title: t('jobs.last'), cell: (one) => (one.lastRun ? [one.lastRun.outcome && mark(one.lastRun.outcome), ' ', time(one.lastRun.ended ?? one.lastRun.began)] : '–') },
      { title: t('jobs.detail'), cell: (one) => one.lastRun?.detail ?? '–' },
    ], schedules),
    steps.length ? table(t('jobs.steps'), [
      { title: t('jobs.task'), cell: (one) => h('span', { class: 'code' }, one.task) }, { title: t('jobs.subject'), cell: (one) => one.subject }, { title: t('load.state'), cell: (one) => mark(one.outcome) },
      { title: t('jobs.at'), cell: (one) => time(one.at) }, { title: t('load.seconds'), number: true, cell: (one) => number(one.seconds, 3) }, { title: t('jobs.detail'), cell: (one) => one.detail ?? '–' },
    ], steps) : empty(t('jobs.none'), t('jobs.none.next')),
  ], () => tasks(place));
}
