import { sentences } from '../problems.js';
import { t } from '../texts.js';
import { announce, fill, h, newId } from './dom.js';

/**
 * A text field that proposes what fits (combobox of ARIA 1.2). `propose(text, signal)` gives {text, detail, value}; `pick` is told
 * what was chosen.
 */
export function combo(label, propose, pick, { placeholder, wait = 200 } = {}) {
  const id = newId('list');
  let found = [];
  let at = -1;
  let asked = null;
  let timer = 0;
  let problem = null;
  const list = h('ul', { id, role: 'listbox', 'aria-label': label, hidden: true });
  const input = h('input', {
    type: 'search', role: 'combobox', autocomplete: 'off', spellcheck: 'false', placeholder, 'aria-label': label,
    'aria-expanded': 'false', 'aria-controls': id, 'aria-autocomplete': 'list',
    oninput: () => { stop(); close(); found = []; at = -1; timer = setTimeout(ask, wait); }, // proposals for another text are none
    onkeydown: keys,
    onblur: () => {
      stop();
      setTimeout(close, 150);
    },
  });

  /** What is still asked for is not waited for. */
  function stop() {
    clearTimeout(timer);
    asked?.abort();
  }

  async function ask() {
    stop();
    const text = input.value.trim();
    if (!text) return close();
    asked = new AbortController();
    const { signal } = asked;
    problem = null;
    try {
      const fits = await propose(text, signal);
      if (signal.aborted) return;
      found = fits;
    } catch (error) {
      if (signal.aborted || error.name === 'AbortError') return;
      found = [];
      problem = sentences(error).join(' ');
    }
    at = found.length ? 0 : -1;
    draw();
    announce(found.length ? t('search.found', { count: found.length }) : problem ?? t('search.none', { text }));
  }

  function draw() {
    fill(list, found.length
      ? found.map((one, i) => h('li', {
        role: 'option', id: `${id}-${i}`, 'aria-selected': String(i === at), onmousedown: (event) => { event.preventDefault(); choose(i); },
      }, h('span', {}, one.text), h('span', { class: 'soft small' }, one.detail)))
      : h('li', { role: 'option', 'aria-selected': 'false', 'aria-disabled': 'true' }, problem ?? t('search.none', { text: input.value })));
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    if (at >= 0) {
      input.setAttribute('aria-activedescendant', `${id}-${at}`);
      list.children[at].scrollIntoView({ block: 'nearest' });
    } else {
      input.removeAttribute('aria-activedescendant');
    }
  }

  function close() {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  }

  function choose(i) {
    if (!found[i]) return;
    stop();
    close();
    input.value = '';
    pick(found[i].value);
  }

  function keys(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) {
      event.preventDefault();
      at = (at + step + found.length) % found.length;
      draw();
    } else if (event.key === 'Enter' && !list.hidden) {
      event.preventDefault();
      choose(at);
    } else if (event.key === 'Enter' && input.value.trim()) {
      event.preventDefault(); // nothing is chosen yet, so a form around it is not complete
      ask();
    } else if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault(); // else it closes the window around it too
      event.stopPropagation();
      stop();
      close();
    }
  }

  return h('div', { class: 'combo' }, input, list);
}
