import { t } from './texts.js';
import { announce, fill, h } from './ui/dom.js';
import { busy, empty, failure } from './ui/parts.js';

/**
 * Views are addresses. A view is a module with `show(place, location)`, which gives its title; it may give `changed(location)` to be told of
 * another query at the same path instead of being shown anew, and `leave()`. Each view has a place of its own: what still comes for one that was
 * left is written where nobody sees it.
 */
let routes = [];
let place = null;
let current = null;
let onShown = () => {};

export function start(all, main, shown) {
  routes = all;
  place = main;
  onShown = shown;
  addEventListener('popstate', () => open(false));
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href]');
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (link && plain && !link.target && !link.hasAttribute('download') && link.origin === location.origin && match(link.pathname)) {
      event.preventDefault();
      go(link.pathname + link.search);
    }
  });
  return open(false);
}

function match(path) {
  return routes.find((route) => route.path === path || (route.below && path.startsWith(`${route.path}/`)));
}

/** Says which role a view takes. */
function closed({ route }) {
  document.title = `${t(`nav.${route.name}`)} – ${t('brand')}`;
  onShown(route);
  fill(place, h('h1', {}, t(`nav.${route.name}`)), empty(t('role.needed', { role: t(`role.${route.needs}`) }), t('role.next')));
  announce(t('role.needed', { role: t(`role.${route.needs}`) }));
}

/** Goes to another address of the console. */
export function go(address) {
  history.pushState(null, '', address);
  return open(true);
}

/** Keeps the state of the view in its address, without showing it anew; each state that stays for a while can be gone back to. */
export function keep(address, replace = false) {
  if (address !== location.pathname + location.search) {
    history[replace ? 'replaceState' : 'pushState'](null, '', address);
  }
}

/** Shows the view of the address. */
export async function open(moved) {
  const route = match(location.pathname) ?? routes[0];
  if (current?.route === route && current.path === location.pathname && current.shown && current.view.changed) {
    return current.view.changed(new URL(location.href));
  }
  current?.view.leave?.();
  const turn = { route, path: location.pathname, view: {} };
  current = turn;
  fill(place, busy());
  try {
    if (route.may && !route.may()) return closed(turn);
    const view = await route.module();
    if (current !== turn) return;
    turn.view = view;
    const own = h('div');
    fill(place, own);
    const title = await view.show(own, new URL(location.href));
    if (current !== turn) return;
    turn.shown = true;
    document.title = `${title} – ${t('brand')}`;
    onShown(route);
    if (moved) {
      const heading = place.querySelector('h1');
      heading?.setAttribute('tabindex', '-1');
      (heading ?? place).focus();
      scrollTo(0, 0);
    }
    announce(title);
  } catch (error) {
    if (current !== turn) return;
    turn.view = {}; // it has no state that another address could change
    document.title = `${t('problem')} – ${t('brand')}`;
    fill(place, h('h1', {}, t('problem')), failure(error, () => open(false)));
  }
}
