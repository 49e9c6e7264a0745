import { address, get } from '../api.js';
import { t } from '../texts.js';
import { fill, h, newId } from '../ui/dom.js';
import { button } from '../ui/parts.js';
import { combo } from '../ui/combo.js';

/** Fields that take an item of a collection, or a code of a list. */

const CODE = /^[\w@$-]{1,64}$/;
const lists = new Map();

/** The codes of a list as [code, text]; asked for once a page. */
export function codesOf(list) {
  if (!lists.has(list)) {
    lists.set(list, get(address(`code-lists/${list}/codes`, { limit: 1000, fields: 'code,name' }))
      .then((page) => page.items.map((one) => [one.code, `${one.name} (${one.code})`]))
      .catch((error) => {
        lists.delete(list);
        throw error;
      }));
  }
  return lists.get(list);
}

export async function proposed(collection, text, signal) {
  const of = { fields: 'code,name', limit: 8 };
  const asked = [get(address(collection, { q: text, ...of }), { signal })];
  if (CODE.test(text)) asked.unshift(get(address(collection, { code: text, ...of }), { signal }));
  const found = new Map();
  (await Promise.all(asked)).forEach((page) => page.items.forEach((one) => found.set(one.code, one)));
  return [...found.values()].map((one) => ({ text: one.name, detail: one.code, value: one }));
}

/**
 * A field for one item: shows which is chosen, takes another by its name, and can be emptied. Its element has `chosen()`, a reference or null, and
 * `open()`: says at the field that nothing is chosen though something was typed, or is needed, and gives whether that is so.
 */
export function chooser(label, collection, value, onchange = () => {}) {
  let at = value ?? null;
  const state = h('span', { class: 'chosen' });
  const box = combo(label, (text, signal) => proposed(collection, text, signal), (one) => set({ code: one.code, name: one.name }), { placeholder: t('choose.find') });
  const input = box.querySelector('input');
  const fault = h('span', { class: 'fault', id: newId('fault'), hidden: true }, t('choose.open'));
  const part = h('div', { class: 'chooser' }, state, box, fault);
  part.input = input;
  part.chosen = () => at;
  part.open = (needed = false) => {
    settle();
    if (!input.value.trim() && (at || !needed)) return false;
    fault.hidden = false;
    input.setAttribute('aria-invalid', 'true');
    input.setAttribute('aria-describedby', fault.id);
    return true;
  };

  function settle() {
    if (fault.hidden) return;
    fault.hidden = true;
    input.removeAttribute('aria-invalid');
    input.removeAttribute('aria-describedby');
  }

  function draw() {
    fill(state, at ? [h('span', {}, at.name ?? at.code, ' ', h('span', { class: 'soft small' }, at.name ? at.code : '')),
      button('×', () => { set(null); input.focus(); }, { class: 'plain small', 'aria-label': t('choose.none', { name: label, value: at.name ?? at.code }) })]
      : h('span', { class: 'soft' }, t('choose.nothing')));
  }

  function set(one) {
    at = one;
    settle();
    draw();
    onchange(at);
  }

  input.addEventListener('input', settle);
  draw();
  return part;
}

/** A chooser below its label, with its faults. */
export function labelled(label, part, { hint, fault } = {}) {
  const faultId = fault && newId('fault');
  part.input.id ||= newId('field');
  part.input.removeAttribute('aria-label');
  if (fault) {
    part.input.setAttribute('aria-invalid', 'true');
    part.input.setAttribute('aria-describedby', faultId);
  }
  return h('div', { class: 'field' }, h('label', { for: part.input.id }, label), part, hint && h('span', { class: 'hint' }, hint), fault && h('span', { class: 'fault', id: faultId }, fault));
}
