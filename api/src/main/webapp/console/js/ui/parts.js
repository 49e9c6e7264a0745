import { t } from '../texts.js';
import { sentences } from '../problems.js';
import { announce, fill, h, newId } from './dom.js';

/** The parts that pages are made of. */

/** A field with its label, a hint and its faults. */
export function field(label, control, { hint, fault, unseen } = {}) {
  const id = control.id || newId('field');
  control.id = id;
  const hintId = hint && newId('hint');
  const faultId = fault && newId('fault');
  if (hint || fault) control.setAttribute('aria-describedby', [hintId, faultId].filter(Boolean).join(' '));
  if (fault) control.setAttribute('aria-invalid', 'true');
  return h('div', { class: 'field' },
    h('label', { for: id, class: unseen ? 'unseen' : null }, label),
    control,
    hint && h('span', { class: 'hint', id: hintId }, hint),
    fault && h('span', { class: 'fault', id: faultId }, fault));
}

/** A select; options are [value, text] or a text. */
export function select(options, value, onchange, attributes = {}) {
  const control = h('select', { ...attributes, onchange: () => onchange(control.value) },
    options.map((option) => {
      const [key, text] = Array.isArray(option) ? option : [option, option];
      return h('option', { value: key, selected: key === (value ?? '') }, text);
    }));
  return control;
}

export function button(text, onclick, attributes = {}) {
  return h('button', { type: 'button', ...attributes, onclick }, text);
}

/** A sentence about what went wrong, and what to do: the usual advice, or one that fits the place. */
export function failure(error, retry, instead) {
  const [what, usual] = sentences(error);
  const advice = instead ?? usual;
  announce(`${what} ${advice}`);
  return h('div', { class: 'note bad', role: 'alert' },
    h('p', {}, h('strong', {}, what)), advice && h('p', {}, advice),
    error.errors?.length > 1 && h('ul', {}, error.errors.map((fault) => h('li', {}, `${fault.pointer ?? fault.parameter ?? ''} ${fault.detail}`))),
    retry && button(t('again'), retry));
}

export function empty(what, next, ...more) {
  return h('div', { class: 'empty' }, h('p', {}, h('strong', {}, what)), next && h('p', {}, next), more);
}

export function busy(text = t('loading')) {
  return h('p', { class: 'busy soft' }, text);
}

/** Shows what a promise brings in a place, or why it does not come. The latest call for a place wins. */
export async function show(place, promise, render, retry) {
  const turn = {};
  place.turn = turn;
  const waiting = setTimeout(() => place.turn === turn && !place.childElementCount && fill(place, busy()), 150);
  place.setAttribute('aria-busy', 'true');
  try {
    const found = await promise;
    if (place.turn === turn) fill(place, await render(found));
  } catch (error) {
    if (error.name !== 'AbortError' && place.turn === turn) fill(place, failure(error, retry));
  } finally {
    clearTimeout(waiting);
    if (place.turn === turn) place.removeAttribute('aria-busy');
  }
}

/** A table; columns are {title, cell(row), number}. */
export function table(caption, columns, rows, { unseen } = {}) {
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    h('table', {}, h('caption', { class: unseen ? 'unseen' : null }, caption),
      h('thead', {}, h('tr', {}, columns.map((column) => h('th', { scope: 'col', class: column.number ? 'number' : null }, column.title)))),
      h('tbody', {}, rows.map((row) => h('tr', {}, columns.map((column, i) =>
        h(i === 0 ? 'th' : 'td', { scope: i === 0 ? 'row' : null, class: column.number ? 'number' : null }, column.cell(row))))))));
}

/** Tabs by buttons; arrows go from one to the next. The panel is what the chosen one shows. */
export function tabs(label, choices, chosen, onchoose, panel) {
  panel.id ||= newId('panel');
  panel.setAttribute('role', 'tabpanel');
  panel.setAttribute('aria-label', choices.find(([key]) => key === chosen)?.[1] ?? label);
  const list = h('div', { class: 'tabs', role: 'tablist', 'aria-label': label });
  const pick = (key) => {
    onchoose(key);
    list.querySelector('[aria-selected="true"]')?.focus();
  };
  fill(list, choices.map(([key, text], i) => h('button', {
    type: 'button', role: 'tab', 'aria-selected': String(key === chosen), 'aria-controls': key === chosen ? panel.id : null, tabindex: key === chosen ? '0' : '-1',
    onclick: () => onchoose(key),
    onkeydown: (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) {
        event.preventDefault();
        list.children[(i + step + choices.length) % choices.length].focus();
      } else if (event.key === 'Home' || event.key === 'End') {
        event.preventDefault();
        list.children[event.key === 'Home' ? 0 : choices.length - 1].focus();
      }
    },
  }, text)));
  list.pick = pick;
  return list;
}

/** A window over the page. Escape closes it; the focus goes back to where it was. */
export function dialog(title, ...body) {
  const id = newId('dialog');
  const before = document.activeElement;
  const window = h('dialog', { 'aria-labelledby': id, onclose: () => { window.remove(); before?.focus?.(); } },
    h('div', { class: 'top' }, h('h2', { id }, title), h('button', { type: 'button', class: 'plain', onclick: () => window.close() }, t('close'))),
    h('div', { class: 'body stack' }, body));
  document.body.append(window);
  window.showModal();
  return window;
}

/** A text with a button that copies it. */
export function copied(text, label) {
  return h('div', { class: 'stack' },
    h('pre', { tabindex: '0', role: 'region', 'aria-label': label }, text),
    h('div', {}, button(t('copy'), async (event) => {
      try {
        await navigator.clipboard.writeText(text);
        event.target.textContent = t('copied');
      } catch {
        event.target.textContent = t('copy.failed');
      }
      announce(event.target.textContent);
    }, { 'aria-label': `${t('copy')}: ${label}` })));
}
