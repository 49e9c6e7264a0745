import { always } from './kept.js';
import * as router from './router.js';
import * as session from './session.js';
import { choose, language, languages, load, t } from './texts.js';
import { time } from './times.js';
import { fill, h } from './ui/dom.js';
import { button, dialog, failure, field, select } from './ui/parts.js';

/** The frame around all views: navigation, language, colours, who is signed in. */
const THEME = 'refdata.theme';

const ROUTES = [
  { path: '/', module: () => import('./home.js') },
  { path: '/explore', name: 'explore', may: session.mayRead, needs: 'reader', module: () => import('./explore/view.js') },
  { path: '/reference', name: 'reference', may: session.mayRead, needs: 'reader', below: true, module: () => import('./reference/view.js') },
  { path: '/loads', name: 'loads', may: () => session.may('reader', 'loader'), needs: 'loader', below: true, module: () => import('./loads/view.js') },
  { path: '/operations', name: 'operations', may: () => session.may('operator'), needs: 'operator', below: true, module: () => import('./operations/view.js') },
  { path: '/embed', bare: true, module: () => import('./explore/embed.js') },
];

const nav = h('nav');
const tools = h('div', { class: 'tools' });
const ended = h('div', { role: 'status' });

function theme(name) {
  if (name) document.documentElement.dataset.theme = name;
  else delete document.documentElement.dataset.theme;
  dispatchEvent(new Event('themechange'));
}

function drawNav(route) {
  nav.setAttribute('aria-label', t('nav'));
  fill(nav, h('ul', {}, ROUTES.filter((one) => one.name && one.may()).map((one) =>
    h('li', {}, h('a', { href: one.path, 'aria-current': one === route ? 'page' : null }, t(`nav.${one.name}`))))));
}

/** The view that the address names. */
function shown() {
  return ROUTES.find((one) => location.pathname.startsWith(one.path) && one.path !== '/');
}

function drawTools() {
  const kept = always.get(THEME) ?? '';
  fill(tools,
    button(session.token() ? session.known().name ?? t('session.known') : t('session.in'), settings, { 'aria-haspopup': 'dialog', id: 'session' }),
    button(t('settings'), () => dialog(t('settings'),
      field(t('settings.language'), select(languages(), language(), (chosen) => { choose(chosen); location.reload(); })),
      field(t('settings.theme'), select([['', t('theme.system')], ['light', t('theme.light')], ['dark', t('theme.dark')]], kept, (chosen) => {
        always.set(THEME, chosen);
        theme(chosen);
      })),
      h('p', { class: 'soft' }, t('settings.server')),
      h('p', { class: 'soft' }, t('settings.zone', { zone: Intl.DateTimeFormat().resolvedOptions().timeZone }))), { 'aria-haspopup': 'dialog', class: 'plain' }));
}

function settings() {
  if (session.token()) {
    const { name, roles, until } = session.known();
    const window = dialog(t('session'), h('p', {}, t('session.signed', { name: name ?? t('session.known') })),
      h('p', {}, t('session.roles', { roles: roles.map((role) => t(`role.${role}`)).join(', ') || t('role.none') })), until && h('p', {}, t('session.until'), ' ', time(until)),
      button(t('session.out'), () => { session.signOut(); window.close(); location.assign('/'); }, { class: 'main' }));
    return;
  }
  const input = h('input', { type: 'password', autocomplete: 'off', name: 'token', required: true });
  const outcome = h('div');
  const submit = async (event) => {
    event.preventDefault();
    try {
      const goesOn = session.hasEnded(); // what was being written when the token ended stays on the page
      await session.signIn(input.value);
      if (!goesOn) return location.reload();
      await refused();
      drawNav(shown());
      window.close();
    } catch (error) {
      fill(outcome, failure(error, null, error.status === 401 ? t('session.refused') : undefined));
      input.focus();
    }
    return null;
  };
  const window = dialog(t('session.in'), h('p', {}, t('session.why')), h('form', { class: 'stack', onsubmit: submit },
    field(t('session.token'), input, { hint: t('session.hint') }), outcome, h('div', {}, h('button', { class: 'main' }, t('session.in')))));
  input.focus();
}

function drawEnded() {
  fill(ended, session.hasEnded() && h('p', { class: 'note warn ended' }, t('session.ended')));
}

/** A token that is refused while the page is open is asked about, and forgotten if it has ended. */
async function refused() {
  await session.learn();
  drawTools();
  drawEnded();
}

async function start() {
  const kept = always.get(THEME);
  if (kept) theme(kept);
  const bare = location.pathname === '/embed';
  ROUTES.find((one) => one.path !== '/' && location.pathname.startsWith(one.path))?.module().catch(() => {}); // what is needed next is fetched meanwhile
  await Promise.all([load(), bare || session.learn()]);
  const main = h('main', { id: 'main', tabindex: '-1' });
  fill(document.getElementById('app'), bare ? main : [
    h('a', { class: 'skip button', href: '#main', onclick: (event) => { event.preventDefault(); main.focus(); } }, t('skip')),
    h('header', { class: 'head' },
      h('a', { class: 'brand', href: '/' }, h('img', { src: '/console/icon.svg', alt: '' }), t('brand')), nav, tools),
    ended,
    main,
    h('footer', { class: 'foot' }, h('a', { href: '/openapi', target: '_blank' }, t('foot.api')), h('span', {}, t('foot.note'))),
  ]);
  if (!bare) {
    drawTools();
    drawEnded();
    addEventListener('tokenrefused', refused);
    drawNav(shown());
  }
  await router.start(ROUTES, main, drawNav);
}

start().catch((error) => { // without its texts the page has no words but these
  console.error(error);
  fill(document.getElementById('app'), h('main', {}, h('h1', {}, document.title), h('p', { role: 'alert' }, error.message)));
});
