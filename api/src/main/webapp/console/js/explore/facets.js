import { t } from '../texts.js';
import { announce, fill, h, newId } from '../ui/dom.js';
import { values } from './data.js';
import { pattern, picked } from './state.js';

/** Picks series by the values of their dimensions: one list to tick for each dimension. */
const MOST_SHOWN = 200;

/** The lists; `onchange` is told what becomes of the state. A group that has no series of its own is worked out from its members. */
export function facets(state, data, onchange) {
  const codes = picked(state, data.facets);
  return h('div', { class: 'stack facets' }, data.facets.map((facet, position) => list(facet, new Set(codes[position]), (chosen, group) => {
    codes[position] = chosen;
    onchange({ key: pattern(codes), ...(group && { aggregate: facet.code }) });
  }, data.whole)));
}

function list(facet, chosen, onchange, whole) {
  const id = newId('facet');
  const box = h('ul', { class: 'ticks' });
  const count = h('span', { class: 'soft small' });
  let more = [];
  let text = '';
  let asked = null;

  const input = h('input', {
    type: 'search', 'aria-label': t('facet.find', { name: facet.code }), placeholder: t('facet.find', { name: facet.code }),
    oninput: () => { text = input.value.trim().toLowerCase(); more = []; draw(); ask(); },
  });

  /** What is on no series seen so far is looked for in the collection: a group that can be worked out, or a value further on. */
  async function ask() {
    asked?.abort();
    if (text.length < 2) return;
    asked = new AbortController();
    try {
      more = await values(facet, text, asked.signal);
      more.forEach((item) => facet.names.set(item.code, item.name));
      draw();
    } catch {
      // The list has what is known.
    }
  }

  function draw() {
    const known = [...new Set([...chosen, ...facet.codes])];
    const fits = (code) => `${code} ${facet.names.get(code) ?? ''}`.toLowerCase().includes(text);
    const others = more.map((item) => item.code).filter((code) => !known.includes(code));
    const shown = [...known.filter(fits), ...others];
    const ordered = [...shown.filter((code) => chosen.has(code)), ...shown.filter((code) => !chosen.has(code))].slice(0, MOST_SHOWN);
    fill(box, ordered.map((code) => row(code, others.includes(code))));
    count.textContent = chosen.size ? t('facet.chosen', { count: chosen.size }) : t('facet.all');
    if (!ordered.length) fill(box, h('li', { class: 'soft small' }, t('facet.none')));
    else if (shown.length > MOST_SHOWN || (!whole && !text)) box.append(h('li', { class: 'soft small' }, t('facet.more')));
  }

  function row(code, foreign) {
    const tick = h('input', { type: 'checkbox', id: `${id}-${code}`, checked: chosen.has(code), onchange: () => {
      chosen[tick.checked ? 'add' : 'delete'](code);
      count.textContent = chosen.size ? t('facet.chosen', { count: chosen.size }) : t('facet.all');
      announce(count.textContent);
      onchange([...chosen], foreign && tick.checked && facet.values === 'regions');
    } });
    const name = facet.names.get(code);
    return h('li', {}, tick, h('label', { for: `${id}-${code}` }, name ?? code, ' ', name && h('span', { class: 'soft small' }, code), foreign && h('span', { class: 'mark' }, t('facet.foreign'))));
  }

  draw();
  return h('fieldset', {}, h('legend', {}, facet.code, ' ', count), input, box);
}
