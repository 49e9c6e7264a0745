import { address, get, getTagged, send } from '../api.js';
import { t } from '../texts.js';
import { time } from '../times.js';
import { announce, fill, h } from '../ui/dom.js';
import { button, dialog, failure, field, select } from '../ui/parts.js';
import { collectionAt, pageOf } from './collections.js';
import { fieldOf, openField } from './form.js';
import { asSent } from './sent.js';
import { nameOf, propertiesOf, same } from './values.js';

/** Changes a property of several items at once, or deletes them: one revision, all or nothing. */
const DELETE = '-delete-';

export async function batch(collection, items, done) {
  const of = propertiesOf(collection);
  let property = Object.keys(of).find((one) => one !== 'name');
  let value = null;
  const place = h('div', { class: 'stack' });
  const outcome = h('div');
  const reason = h('input', { name: 'reason', maxlength: '500', autocomplete: 'off' });
  const note = (text) => {
    fill(outcome, h('p', { class: 'note bad', role: 'alert' }, text));
    announce(text);
  };
  const clear = h('input', { type: 'checkbox', name: 'clear', onchange: () => (value.element.hidden = clear.checked) });
  const draw = () => {
    clear.checked = false;
    value = property === DELETE ? null : fieldOf(property, of[property], null);
    fill(place, value ? [value.element, h('label', { class: 'row center' }, clear, t('batch.clear'))] : h('p', { class: 'note warn' }, t('batch.delete.what', { count: items.length })));
  };
  const read = () => Promise.all(items.map((one) => getTagged(`${collection}/${encodeURIComponent(one.code)}`)));
  let looked = items;
  let tags = read();
  tags.catch(() => {});
  /** Says which of them others have changed, and takes them as they are now once that was looked at. */
  const stale = async (now, changed) => {
    const last = await Promise.all(changed.map((one) => get(address(`${collection}/${encodeURIComponent(one.code)}/history`, { limit: 1 })).then((page) => page.items[0])));
    fill(outcome, h('div', { class: 'note bad', role: 'alert' }, h('p', {}, h('strong', {}, t('batch.stale'))),
      h('ul', {}, changed.map((one, i) => h('li', {}, h('a', { href: `${pageOf(collection, one.code)}?tab=history`, target: '_blank' }, one.name), ' ', t('history.by', { by: last[i]?.by ?? '?' }), ' ', time(last[i]?.at)))),
      button(t('batch.anew'), () => {
        looked = now.map((one) => one.item);
        tags = Promise.resolve(now);
        fill(outcome, h('p', { class: 'note', role: 'status' }, t('batch.anew.done')));
        window.querySelector('button.main').focus();
      })));
    announce(t('batch.stale'));
  };
  const window = dialog(t('batch.title', { count: items.length }), h('form', {
    class: 'stack', novalidate: true, onsubmit: async (event) => {
      event.preventDefault();
      if (value && !clear.checked && openField([value])) return null;
      const set = value && !clear.checked ? value.read() : null;
      if (value && !clear.checked && set === null) { // an empty field would take the value from all of them
        note(t('batch.empty'));
        place.querySelector('input, select, textarea, button').focus();
        return null;
      }
      try {
        const item = value ? asSent(of, { [property]: set }) : null;
        const current = await tags;
        const seen = ['name', ...collectionAt(collection).shown, ...(value ? [property] : [])];
        const other = looked.filter((one, i) => seen.some((name) => name in one && !same(one[name], current[i].item[name])));
        if (other.length) return await stale(current, other); // the tags are younger than the list that was looked at
        const operations = items.map((one, i) => ({ op: item ? 'patch' : 'delete', code: one.code, ifMatch: current[i].etag, ...(item && { item }) }));
        const { json } = await send('POST', `${collection}/batch`, operations, { reason: reason.value.trim() });
        window.close();
        await done();
        announce(t('batch.done', { count: json.items.filter((one) => one.status !== 'UNCHANGED').length }));
      } catch (error) {
        if (error.status !== 412) return fill(outcome, faults(error, items));
        try {
          const [before, now] = [await tags, await read()];
          const changed = items.filter((one, i) => before[i].etag !== now[i].etag);
          if (changed.length) await stale(now, changed);
          else fill(outcome, faults(error, items));
        } catch (again) {
          fill(outcome, failure(again)); // one of them was deleted, or nobody answers
        }
      }
      return null;
    },
  }, h('ul', { class: 'plain-list small picked-items' }, items.map((one) => h('li', {}, `${one.name} `, h('span', { class: 'soft code' }, one.code)))),
  field(t('batch.what'), select([...Object.keys(of).map((one) => [one, t('batch.set', { name: nameOf(one) })]), [DELETE, t('batch.delete')]], property, (chosen) => { property = chosen; draw(); })),
  place, field(t('reason'), reason, { hint: t('reason.hint') }), outcome, h('div', {}, h('button', { class: 'main' }, t('batch.run', { count: items.length })))));
  draw();
  window.querySelector('select').focus();
}

/** The refusal, with the name of each item that a fault is about. */
function faults(error, items) {
  if (error.name !== 'ApiProblem' || !error.errors.length) return failure(error);
  const named = error.errors.map((fault) => {
    const index = /^\/(\d+)/.exec(fault.pointer ?? '')?.[1];
    return `${index === undefined ? '' : `${items[index]?.name ?? index}: `}${fault.detail}`;
  });
  announce(t('batch.refused'));
  return h('div', { class: 'note bad', role: 'alert' }, h('p', {}, h('strong', {}, t('batch.refused'))), h('ul', {}, named.map((one) => h('li', {}, one))));
}
