import { getTagged, get, address } from '../api.js';
import { t } from '../texts.js';
import { time } from '../times.js';
import { announce, fill, h } from '../ui/dom.js';
import { nameOf, plain, propertiesOf, same } from './values.js';

/**
 * Two people changed an item at the same time: what it was, what the other made of it, and what is to be stored, side by side. What only one of
 * them changed is taken from that one; where both did, a choice is needed. Gives true: the refusal is dealt with.
 */
export async function conflict(body, at, mine, reason, edit) {
  const path = `${at.collection}/${encodeURIComponent(at.code)}`;
  const [{ item: theirs, etag }, log] = await Promise.all([getTagged(path), get(address(`${path}/history`, { limit: 1 }))]);
  const of = propertiesOf(at.collection);
  const chosen = {};
  const rows = Object.keys(of).filter((property) => !same(mine[property], at.item[property]) || !same(theirs[property], at.item[property])).map((property) => {
    const mineChanged = !same(mine[property], at.item[property]);
    const both = mineChanged && !same(theirs[property], at.item[property]) && !same(mine[property], theirs[property]);
    chosen[property] = both ? null : mineChanged ? 'mine' : 'theirs';
    const option = (side, value) => h('td', { class: chosen[property] === side ? 'picked' : null }, h('label', { class: 'row center' },
      h('input', {
        type: 'radio', name: `take-${property}`, required: true, checked: chosen[property] === side, 'aria-label': t(`conflict.take.${side}`, { name: nameOf(property), value: plain(of[property], value) }),
        onchange: (event) => {
          chosen[property] = side;
          event.target.closest('tr').querySelectorAll('td').forEach((cell) => cell.classList.toggle('picked', cell.contains(event.target)));
        },
      }), h('span', {}, plain(of[property], value))));
    return h('tr', {}, h('th', { scope: 'row' }, nameOf(property), both && [' ', h('span', { class: 'mark warn' }, t('conflict.both'))]),
      h('td', {}, plain(of[property], at.item[property])), option('theirs', theirs[property]), option('mine', mine[property]));
  });
  const last = log.items[0];
  const heading = h('h2', { tabindex: '-1' }, t('conflict.title'));
  fill(body, h('form', {
    class: 'card stack', onsubmit: (event) => {
      event.preventDefault();
      const merged = { ...theirs };
      for (const [property, side] of Object.entries(chosen)) merged[property] = side === 'mine' ? mine[property] : theirs[property];
      edit(body, { ...at, item: theirs, etag }, merged);
      body.querySelector('input[name="reason"]').value = reason;
      body.querySelector('button.main').focus();
      announce(t('conflict.merged'));
    },
  }, heading, h('p', {}, t('conflict.what', { by: last?.by ?? '?' }), ' ', last && time(last.at), last?.reason && [' – ', h('q', {}, last.reason)]),
  h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': t('conflict.title') }, h('table', { class: 'conflict' },
    h('caption', { class: 'unseen' }, t('conflict.title')),
    h('thead', {}, h('tr', {}, [t('property'), t('conflict.before'), t('conflict.theirs', { by: last?.by ?? '?' }), t('conflict.mine')].map((title) => h('th', { scope: 'col' }, title)))),
    h('tbody', {}, rows))),
  h('div', { class: 'row' }, h('button', { class: 'main' }, t('conflict.go')))));
  announce(t('conflict.title'));
  heading.focus();
  return true;
}
