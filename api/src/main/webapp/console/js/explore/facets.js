import { t } from '../texts.js';
import { announce, fill, h, newId } from '../ui/dom.js';
import { button, failure } from '../ui/parts.js';
import { further, named, values } from './data.js';
import { pattern, picked } from './state.js';

/** Picks series by the values of their dimensions: one list to tick for each dimension. */
const SHOWN = 200;

/** The lists; `onchange` is told what becomes of the state. A group that has no series of its own is worked out from its members. */
export function facets(state, data, onchange) {
  const codes = picked(state, data.facets);
  const lists = data.facets.map((facet, position) => list(data, facet, new Set(codes[position]), (chosen, group) => {
    codes[position] = chosen;
    onchange({ key: pattern(codes), ...(group && { aggregate: facet.code }) });
  }, () => lists.forEach((one) => one.draw())));
  return h('div', { class: 'stack facets' }, lists.map((one) => one.element));
}

/** One list; `seen` is called when there are further series. */
function list(data, facet, chosen, onchange, seen) {
  const id = newId('facet');
  const box = h('ul', { class: 'ticks' });
  const count = h('span', { class: 'soft small' });
  const below = h('div');
  let more = [];
  let text = '';
  let asked = null;
  let most = SHOWN;

  const input = h('input', {
    type: 'search', 'aria-label': t('facet.find', { name: facet.code }), placeholder: t('facet.find', { name: facet.code }),
    oninput: () => { text = input.value.trim().toLowerCase(); more = []; most = SHOWN; draw(); ask(); },
  });

  /** What is on no series seen so far is looked for in the collection: a group that can be worked out, or a value further on. */
  async function ask() {
    asked?.abort();
    if (text.length < 2) return;
    asked = new AbortController();
    try {
      more = await values(data, facet, text, asked.signal);
      more.forEach((item) => facet.names.set(item.code, item.name));
      draw();
    } catch {
      // The list has what is known.
    }
  }

  function fitting() {
    const known = [...new Set([...chosen, ...facet.codes])];
    const fits = (code) => `${code} ${facet.names.get(code) ?? ''}`.toLowerCase().includes(text);
    const shown = [...known.filter(fits), ...more.map((item) => item.code).filter((code) => !known.includes(code))];
    return [...shown.filter((code) => chosen.has(code)), ...shown.filter((code) => !chosen.has(code))];
  }

  function draw() {
    const all = fitting();
    const foreign = new Set(more.filter((item) => !item.has && !facet.codes.includes(item.code) && !chosen.has(item.code)).map((item) => item.code));
    fill(box, all.slice(0, most).map((code) => row(code, foreign.has(code))));
    count.textContent = chosen.size ? t('facet.chosen', { count: chosen.size }) : t('facet.all');
    if (!all.length) fill(box, h('li', { class: 'soft small' }, t('facet.none')));
    const next = all.length > most ? 'facet.more' : !data.whole && !text ? 'facet.further' : null;
    fill(below, next && button(t(next), onmore, { class: 'small', 'aria-label': `${t(next)}: ${facet.code}` }));
  }

  /** Shows more of what is known, or asks for further series. */
  async function onmore(event) {
    event.target.disabled = true;
    try {
      const from = most;
      most += SHOWN;
      if (fitting().length <= from) {
        await further(data);
        seen();
      }
      await named(facet, fitting().slice(from, most), data.asOf);
      draw();
      announce(t('facet.shown', { count: box.childElementCount }));
      (below.querySelector('button') ?? input).focus();
    } catch (error) {
      fill(below, failure(error));
    }
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
  return { element: h('fieldset', {}, h('legend', {}, facet.code, ' ', count), input, box, below), draw };
}
