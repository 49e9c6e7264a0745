import { t } from './texts.js';
import { announce, fill, h } from './ui/dom.js';
import { failure } from './ui/parts.js';

/**
 * Draws a view anew for another query of its address. It takes the place of the old one when it is complete, and only if nothing else was asked
 * for meanwhile. The focus stays at what was used, such as a tab, if that is there again; else it goes to the heading.
 */
let latest = null;

export async function again(place, draw, url) {
  const turn = {};
  latest = turn;
  const used = document.activeElement;
  const kept = used?.getAttribute('role') === 'tab' ? '[role="tab"][aria-selected="true"]' : used?.dataset?.keep ? `[data-keep="${used.dataset.keep}"]` : null;
  const fresh = h('div');
  let title = t('problem');
  try {
    title = await draw(fresh, url);
  } catch (error) {
    fill(fresh, h('h1', {}, title), failure(error, () => again(place, draw, url)));
  }
  if (latest !== turn || !place.isConnected || location.pathname !== url.pathname) return;
  fill(place, fresh);
  document.title = `${title} – ${t('brand')}`;
  const next = (kept && fresh.querySelector(kept)) ?? fresh.querySelector('h1');
  if (next?.tagName === 'H1') next.setAttribute('tabindex', '-1');
  next?.focus();
  announce(title);
}
