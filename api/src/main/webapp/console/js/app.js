import { always } from './kept.js';
import * as router from './router.js';
import * as session from './session.js';
import { choose, language, languages, load, t } from './texts.js';
import { fill, h } from './ui/dom.js';
import { button, dialog, failure, field, select } from './ui/parts.js';

/** The frame around all views: navigation, language, colours, who is signed in. */
const THEME = 'refdata.theme';

const ROUTES = [
  { path: '/', module: () => import('./home.js') },
  { path: '/explore', name: 'explore', needs: 'read', module: () => import('./explore/view.js') },
  { path: '/reference', name: 'reference', needs: 'read', below: true, module: () => import('./reference/view.js') },
  { path: '/loads', name: 'loads', needs: 'loads', below: true, module: () => import('./loads/view.js') },
  { path: '/operations', name: 'operations', needs: 'operate', below: true, module: () => import('./operations/view.js') },
  { path: '/embed', bare: true, module: () => import('./explore/embed.js') },
];

const nav = h('nav');
const tools = h('div', { class: 'tools' });

function theme(name) {
  if (name) document.documentElement.dataset.theme = name;
  else delete document.documentElement.dataset.theme;
  dispatchEvent(new Event('themechange'));
}

function drawNav(route) {
  nav.setAttribute('aria-label', t('nav'));
  fill(nav, h('ul', {}, ROUTES.filter((one) => one.name && session.may(one.needs)).map((one) =>
    h('li', {}, h('a', { href: one.path, 'aria-current': one === route ? 'page' : null }, t(`nav.${one.name}`))))));
}

function drawTools() {
  const kept = always.get(THEME) ?? '';
  fill(tools,
    button(session.token() ? session.name() ?? t('session.known') : t('session.in'), settings, { 'aria-haspopup': 'dialog', id: 'session' }),
    button(t('settings'), () => dialog(t('settings'),
      field(t('settings.language'), select(languages(), language(), (chosen) => { choose(chosen); location.reload(); })),
      field(t('settings.theme'), select([['', t('theme.system')], ['light', t('theme.light')], ['dark', t('theme.dark')]], kept, (chosen) => {
        always.set(THEME, chosen);
        theme(chosen);
      })),
      h('p', { class: 'soft' }, t('settings.zone', { zone: Intl.DateTimeFormat().resolvedOptions().timeZone }))), { 'aria-haspopup': 'dialog', class: 'plain' }));
}

function settings() {
  if (session.token()) {
    const window = dialog(t('session'), h('p', {}, t('session.signed', { name: session.name() ?? t('session.known') })),
      button(t('session.out'), () => { session.signOut(); window.close(); location.assign('/'); }, { class: 'main' }));
    return;
  }
  const input = h('input', { type: 'password', autocomplete: 'off', name: 'token', required: true });
  const outcome = h('div');
  const submit = async (event) => {
    event.preventDefault();
    try {
      await session.signIn(input.value);
      location.reload();
    } catch (error) {
      fill(outcome, failure(error, null, error.status === 401 ? t('session.refused') : undefined));
      input.focus();
    }
  };
  dialog(t('session.in'), h('p', {}, t('session.why')), h('form', { class: 'stack', onsubmit: submit },
    field(t('session.token'), input, { hint: t('session.hint') }), outcome, h('div', {}, h('button', { class: 'main' }, t('session.in')))));
  input.focus();
}

async function start() {
  const kept = always.get(THEME);
  if (kept) theme(kept);
  await load();
  const main = h('main', { id: 'main', tabindex: '-1' });
  const bare = location.pathname === '/embed';
  fill(document.getElementById('app'), bare ? main : [
    h('a', { class: 'skip button', href: '#main', onclick: (event) => { event.preventDefault(); main.focus(); } }, t('skip')),
    h('header', { class: 'head' },
      h('a', { class: 'brand', href: '/' }, h('img', { src: '/console/icon.svg', alt: '' }), t('brand')), nav, tools),
    main,
    h('footer', { class: 'foot' }, h('a', { href: '/openapi', target: '_blank' }, t('foot.api')), h('span', {}, t('foot.note'))),
  ]);
  if (!bare) {
    drawTools();
    drawNav(ROUTES.find((one) => location.pathname.startsWith(one.path) && one.path !== '/'));
  }
  await router.start(ROUTES, main, drawNav);
}

start().catch((error) => { // without its texts the page has no words but these
  console.error(error);
  fill(document.getElementById('app'), h('main', {}, h('h1', {}, document.title), h('p', { role: 'alert' }, error.message)));
});
