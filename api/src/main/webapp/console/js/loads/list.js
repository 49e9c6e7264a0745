import { address, get } from '../api.js';
import { may } from '../session.js';
import { t } from '../texts.js';
import { bytes, number, time } from '../times.js';
import { fill, h } from '../ui/dom.js';
import { empty, show, table } from '../ui/parts.js';
import { stateMark } from './state.js';

/** The loads, the newest first, and the way to a new one. */
const LIMIT = 50;

export async function list(main, url) {
  const place = h('div', { class: 'stack' });
  const after = url.searchParams.get('after');
  fill(main, h('div', { class: 'stack' },
    h('div', { class: 'row center' }, h('div', { class: 'grow' }, h('h1', {}, t('nav.loads')), h('p', { class: 'soft' }, t('loads.lead'))),
      may('loader') && may('reader') && h('a', { class: 'button main', href: '/loads/new' }, t('loads.new'))),
    place));
  await show(place, get(address('loads', { limit: LIMIT, after })), (page) => (page.items.length ? [
    table(t('nav.loads'), [
      { title: t('load'), cell: (one) => h('a', { href: `/loads/${one.id}` }, t('load.number', { id: one.id })) },
      { title: t('load.file'), cell: (one) => [one.file?.name ?? '–', ' ', h('span', { class: 'soft small' }, one.file?.bytes ? bytes(one.file.bytes) : '')] },
      { title: t('load.into'), cell: (one) => one.into },
      { title: t('load.state'), cell: (one) => [stateMark(one.state), one.dryRun && [' ', h('span', { class: 'mark' }, t('load.dry'))]] },
      { title: t('rows.read'), number: true, cell: (one) => number(one.rows?.read, 12) },
      { title: t('rows.rejected'), number: true, cell: (one) => number(one.rows?.rejected, 12) },
      { title: t('load.received'), cell: (one) => time(one.receivedAt) },
      { title: t('load.by'), cell: (one) => one.by ?? '–' },
    ], page.items, { unseen: true }),
    h('nav', { class: 'row', 'aria-label': t('pages') }, after && h('a', { class: 'button', href: '/loads' }, t('pages.first')),
      page.next && h('a', { class: 'button', rel: 'next', href: `/loads?after=${encodeURIComponent(page.next)}` }, t('pages.next'))),
  ] : empty(t('loads.none'), t(may('loader') ? 'loads.none.next' : 'loads.none.role'), may('loader') && h('p', {}, h('a', { class: 'button', href: '/loads/new' }, t('loads.new'))))), () => list(main, url));
  return t('nav.loads');
}
