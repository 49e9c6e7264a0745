import { address, get } from '../api.js';
import { go } from '../router.js';
import { may } from '../session.js';
import { t } from '../texts.js';
import { time } from '../times.js';
import { announce, fill, h } from '../ui/dom.js';
import { button, empty, failure, show, table } from '../ui/parts.js';
import { pageOf } from './collections.js';
import { undo } from './undo.js';
import { nameOf, plain, propertiesOf } from './values.js';

/** The changes of an item, the newest first: what was and what became, who, why, by which load. */
const LIMIT = 25;

export async function history(body, at) {
  const path = `${at.collection}/${encodeURIComponent(at.code)}/history`;
  const list = h('ol', { class: 'history plain-list' });
  const more = h('div');
  const next = async (after) => {
    const page = await get(address(path, { limit: LIMIT, after, asOf: at.asOf }));
    list.append(...page.items.map((one, i) => h('li', { class: 'card stack' }, entry(one, at, !after && i === 0))));
    fill(more, page.next && button(t('pages.more'), async () => {
      try {
        await next(page.next);
      } catch (error) {
        fill(more, failure(error));
      }
    }));
    announce(t('history.shown', { count: list.childElementCount }));
    return list.childElementCount ? [list, more] : empty(t('history.none'), null);
  };
  await show(body, next(null), (shown) => shown, () => history(body, at));
}

function entry(change, at, latest) {
  const of = propertiesOf(at.collection);
  return [
    h('div', { class: 'row center' },
      h('div', { class: 'grow' },
        h('h2', {}, t(`operation.${change.operation}`), ' ', h('span', { class: 'soft small' }, t('history.revision', { revision: change.revision }))),
        h('p', {}, time(change.at), ' · ', t('history.by', { by: change.by }), change.load !== null && change.load !== undefined && [' · ', h('a', { href: `/loads/${change.load}` }, t('history.load', { load: change.load }))]),
        h('p', {}, change.reason ? h('q', {}, change.reason) : h('span', { class: 'soft' }, t('history.noreason')))),
      change.operation !== 'DELETED' && h('a', { class: 'button', href: `${pageOf(at.collection, at.code)}?asOf=${encodeURIComponent(change.at)}` }, t('history.then')),
      may('editor') && !at.asOf && button(t('undo'), () => undo(at, change, latest, () => go(`${pageOf(at.collection, at.code)}?tab=history`)), { 'aria-haspopup': 'dialog', 'aria-label': t('undo.of', { revision: change.revision }) })),
    change.changes.length > 0 && differences(t('history.changes', { revision: change.revision }), change.changes.map((one) => ({ ...one, of: of[one.property] })), change.operation),
  ];
}

/** A table of properties before and after; what was made had none before, what was deleted has none after. */
export function differences(caption, changes, operation = 'UPDATED') {
  return table(caption, [
    { title: t('property'), cell: (one) => nameOf(one.property) },
    operation !== 'CREATED' && { title: t('diff.before'), cell: (one) => h('del', {}, plain(one.of, one.from)) },
    operation !== 'DELETED' && { title: t('diff.after'), cell: (one) => h('ins', {}, plain(one.of, one.to)) },
  ].filter(Boolean), changes, { unseen: true });
}
