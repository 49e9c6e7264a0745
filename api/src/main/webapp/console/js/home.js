import * as session from './session.js';
import { t } from './texts.js';
import { h } from './ui/dom.js';
import { search } from './search.js';

/** The first page: search over everything, and what can be done here. */
const TASKS = [['explore', session.mayRead], ['reference', session.mayRead], ['loads', () => session.may('reader', 'loader')], ['operations', () => session.may('operator')]];

export async function show(place) {
  place.append(h('div', { class: 'stack' },
    h('div', {}, h('h1', {}, t('home.title')), h('p', { class: 'soft' }, t('home.lead'))),
    h('div', { class: 'card' }, search()),
    h('ul', { class: 'cards' }, TASKS.filter(([, may]) => may()).map(([name]) =>
      h('li', {}, h('a', { class: 'card', href: `/${name}` }, h('strong', {}, t(`nav.${name}`)), h('span', {}, t(`home.${name}`)))))),
    session.couldDoMore() && h('p', { class: 'soft' }, t(session.token() ? 'home.roles' : 'home.signin'))));
  return t('home.title');
}
