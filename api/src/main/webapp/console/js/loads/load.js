import { get, request, send } from '../api.js';
import { may } from '../session.js';
import { t } from '../texts.js';
import { bytes, number, time } from '../times.js';
import { announce, fill, h, store } from '../ui/dom.js';
import { button, empty, failure, show as showIn, table } from '../ui/parts.js';
import { drawn, rejectsOf } from './rejects.js';
import { ended, rows, stateMark } from './state.js';

/** A load: how far it is, what became of its rows, and what was refused. Is asked for again until it has ended. */
const EVERY = 700;
let timer = 0;
let turn = null;

export function leave() {
  clearTimeout(timer);
  turn?.abort();
}

export async function show(main, id) {
  leave();
  turn = new AbortController();
  const { signal } = turn;
  const head = h('div');
  const state = h('div', { class: 'stack' });
  const rejects = h('section', { class: 'stack', 'aria-label': t('rejects') });
  fill(main, h('div', { class: 'stack' }, head, state, rejects));
  const load = await get(`loads/${id}`, { signal });
  heading(head, load);
  await watch(load, state, rejects, signal, () => show(main, id));
  return t('load.number', { id });
}

/** Shows a load in a place until it has ended, then its rejects. What has the focus stays while numbers change. */
async function watch(first, state, rejects, signal, again) {
  let load = first;
  let shown = null;
  const parts = { actions: h('div', { class: 'row center' }), news: h('div', { class: 'stack' }), more: h('div') };
  fill(state, h('div', { class: 'card stack' }, parts.actions, parts.news), h('details', { class: 'card' }, h('summary', {}, t('load.more')), parts.more));
  const step = async () => {
    if (signal.aborted) return;
    if (shown !== load.state) fill(parts.actions, actions(load, parts.actions, again));
    shown = load.state;
    fill(parts.news, news(load));
    fill(parts.more, details(load));
    if (ended(load)) {
      announce(`${t('load.number', { id: load.id })}: ${t(`load.state.${load.state}`)}`);
      if (load.rows?.rejected || load.state === 'FAILED') await showRejects(load, rejects, signal);
      return;
    }
    timer = setTimeout(async () => {
      try {
        load = await get(`loads/${load.id}`, { signal });
        await step();
      } catch (error) {
        if (error.name !== 'AbortError') fill(state, failure(error, again));
      }
    }, EVERY);
  };
  await step();
}

function showRejects(load, place, signal) {
  const again = `/loads/new?into=${encodeURIComponent(load.into)}${load.layout ? `&layout=${encodeURIComponent(load.layout)}` : ''}`;
  return showIn(place, rejectsOf(load.id, signal), (found) => found.groups.length > 0 && [
    h('div', { class: 'row center' }, h('h2', { class: 'grow' }, t('rejects')), button(t('rejects.download'), () => download(load.id).catch((error) => place.append(failure(error)))),
      may('loader') && h('a', { class: 'button', href: again }, t('rejects.again'))),
    may('loader') && h('p', { class: 'soft' }, t('rejects.next')), drawn(found)]);
}

async function download(id) {
  const response = await request(`loads/${id}/rejects`, { accept: 'text/csv' });
  store(`rejects-${id}.csv`, await response.blob());
}

function heading(head, load) {
  fill(head, h('p', { class: 'small soft crumb' }, h('a', { href: '/loads' }, t('nav.loads'))),
    h('h1', {}, `${t('load.number', { id: load.id })}${load.file?.name ? `: ${load.file.name}` : ''}`));
}

function actions(load, place, again) {
  const act = async (what) => {
    try {
      await send('POST', `loads/${load.id}/${what}`);
      await again();
    } catch (error) {
      place.append(failure(error));
    }
  };
  return [h('div', { class: 'grow' }, stateMark(load.state), load.dryRun && [' ', h('span', { class: 'mark' }, t('load.dry'))]),
    may('loader') && !ended(load) && button(t('load.stop'), () => act('stop')), may('loader') && ['FAILED', 'STOPPED'].includes(load.state) && button(t('load.restart'), () => act('restart'))];
}

function news(load) {
  return [
    !ended(load) && h('div', {}, h('progress', { max: '1', value: load.progress ?? 0, 'aria-label': t('load.progress') }),
      h('p', { class: 'small soft' }, t('load.speed', { percent: number((load.progress ?? 0) * 100, 3), speed: number(load.rowsPerSecond ?? 0) }))),
    load.message && h('p', { class: `note ${load.state === 'FAILED' ? 'bad' : 'warn'}` }, load.message),
    load.state === 'COMPLETED' && h('p', { class: 'note good' }, t(load.dryRun ? 'load.done.dry' : 'load.done'), ' ', where(load)),
    !(load.state === 'FAILED' && !load.rows?.read) && rows(load),
  ];
}

function details(load) {
  return [
    h('dl', { class: 'properties' }, [
      [t('load.into'), load.into], [t('layout'), load.layout ?? t('layout.none')], [t('load.mode'), t(`load.mode.${load.mode}`)],
      [t('load.bytes'), load.file?.bytes ? bytes(load.file.bytes) : '–'], ['SHA-256', h('code', {}, load.file?.sha256 ?? '–')],
      [t('load.received'), time(load.receivedAt)], [t('load.started'), time(load.startedAt)], [t('load.finished'), time(load.finishedAt)], [t('load.recorded'), time(load.recordedAt)],
      [t('load.by'), load.by ?? '–'], [t('reason'), load.reason ?? '–'],
    ].map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value)))),
    load.steps?.length ? table(t('load.steps'), [
      { title: t('load.step'), cell: (one) => one.name }, { title: t('load.seconds'), number: true, cell: (one) => number(one.seconds, 4) },
      { title: t('rows'), number: true, cell: (one) => number(one.rows, 12) },
    ], load.steps) : empty(t('load.steps.none'), null),
  ];
}

/** Where the result can be looked at. */
function where(load) {
  if (load.dryRun) return null;
  const dataset = /^datasets\/(.+)$/.exec(load.into)?.[1];
  return dataset ? h('a', { href: `/explore?dataset=${dataset}` }, t('load.look')) : h('a', { href: `/reference/${load.into}` }, t('load.look'));
}
