import { send } from '../api.js';
import { go } from '../router.js';
import { t } from '../texts.js';
import { announce, fill, h } from '../ui/dom.js';
import { dialog, failure, field } from '../ui/parts.js';
import { collectionAt, pageOf } from './collections.js';
import { conflict } from './conflict.js';
import { faultsOf, fieldOf, openField } from './form.js';
import { crumbs, titleOf } from './list.js';
import { asSent } from './sent.js';
import { propertiesOf, same } from './values.js';

/** Changes an item, makes one, or deletes one; each with its reason. */

/** The form of an item. What was not touched is not sent. */
export function edit(body, at, values = at.item, error = null) {
  const of = propertiesOf(at.collection);
  draw(body, at, of, values, error, {
    text: t('edit.save'),
    send: async (changed, reason) => {
      const keys = Object.keys(of).filter((property) => !same(changed[property], at.item[property]));
      if (!keys.length) {
        announce(t('edit.same'));
        return null;
      }
      const sent = asSent(of, Object.fromEntries(keys.map((key) => [key, changed[key]])), at.item);
      await send('PATCH', pathOf(at), sent, { ifMatch: at.etag, reason });
      announce(t('edit.done'));
      return pageOf(at.collection, at.code);
    },
    refused: (failed, changed, reason) => failed.status === 412 && conflict(body, at, changed, reason, edit),
  });
}

export function create(main, collection) {
  const of = propertiesOf(collection);
  const body = h('div');
  fill(main, h('div', { class: 'stack' }, h('div', {},
    h('p', { class: 'small soft crumb' }, crumbs(collection), ' › ', h('a', { href: `/reference/${collection}` }, titleOf(collection))),
    h('h1', {}, t('create.title', { collection: titleOf(collection) }))), body));
  draw(body, { collection, code: null, item: {} }, { code: { kind: 'text' }, ...of }, {}, null, {
    text: t('create.save'),
    send: async ({ code, ...values }, reason) => {
      await send('PUT', pathOf({ collection, code: code ?? '-' }), asSent(of, values), { ifNoneMatch: '*', reason });
      announce(t('create.done'));
      return pageOf(collection, code);
    },
    refused: (failed) => {
      if (failed.status === 412) failed.errors = [{ pointer: '/code', detail: t('create.taken') }];
      return false;
    },
  });
  return t('create.title', { collection: titleOf(collection) });
}

function draw(body, at, of, values, error, { text, send: store, refused }) {
  const known = Object.keys(of);
  const faults = error ? faultsOf(error, known) : new Map();
  const required = ['code', ...collectionAt(at.collection).required];
  const fields = Object.fromEntries(known.map((property) =>
    [property, fieldOf(property, of[property], values[property], { fault: faults.get(property), required: required.includes(property) })]));
  const reason = h('input', { name: 'reason', maxlength: '500', value: values[REASON] ?? '', autocomplete: 'off' });
  const outcome = h('div', {}, error && (faults.size === 0 || faults.has('') ? failure(error) : h('p', { class: 'note bad', role: 'alert' }, t('edit.faults', { count: faults.size }))));
  const submit = async (event) => {
    event.preventDefault();
    if (openField(Object.values(fields))) return;
    const changed = Object.fromEntries(known.map((property) => [property, fields[property].read()]));
    if (of.code && !changed.code) return draw(body, at, of, { ...changed, [REASON]: reason.value }, { message: '', errors: [{ pointer: '/code', detail: t('create.nocode') }] }, { text, send: store, refused });
    try {
      const address = await store(changed, reason.value.trim());
      if (address) go(address);
      else fill(outcome, h('p', { class: 'note', role: 'status' }, t('edit.same')));
    } catch (failed) {
      let fault = failed;
      try {
        if (await refused(failed, changed, reason.value.trim())) return;
      } catch (unread) {
        fault = unread; // what the other made of it cannot be seen: the item is gone, or nobody answers
      }
      draw(body, at, of, { ...changed, [REASON]: reason.value }, fault, { text, send: store, refused });
    }
  };
  fill(body, h('form', { class: 'card stack edit', novalidate: true, onsubmit: submit }, outcome,
    h('div', { class: 'fields' }, known.map((property) => fields[property].element)),
    field(t('reason'), reason, { hint: t('reason.hint') }),
    h('div', { class: 'row' }, h('button', { class: 'main' }, text), at.code && h('a', { class: 'button', href: pageOf(at.collection, at.code) }, t('cancel')))));
  if (error) (body.querySelector('[aria-invalid="true"]') ?? body.querySelector('input'))?.focus();
}

const REASON = Symbol('reason');

/** Asks whether to delete an item; what still refers to it is said by the refusal. */
export function remove(at) {
  const reason = h('input', { name: 'reason', maxlength: '500', autocomplete: 'off' });
  const outcome = h('div');
  const window = dialog(t('delete.title', { name: at.item.name }), h('form', {
    class: 'stack', onsubmit: async (event) => {
      event.preventDefault();
      try {
        await send('DELETE', pathOf(at), undefined, { ifMatch: at.etag, reason: reason.value.trim() });
        window.close();
        announce(t('delete.done'));
        go(`${pageOf(at.collection, at.code)}?tab=history`);
      } catch (error) {
        fill(outcome, failure(error), error.status === 409 && h('p', {}, h('a', { href: `${pageOf(at.collection, at.code)}?tab=references`, onclick: () => window.close() }, t('item.references'))));
      }
    },
  }, h('p', {}, t('delete.what')), field(t('reason'), reason), outcome, h('div', {}, h('button', { class: 'bad' }, t('item.delete')))));
  reason.focus();
}

function pathOf({ collection, code }) {
  return `${collection}/${encodeURIComponent(code)}`;
}
