import { t } from '../texts.js';
import { h } from '../ui/dom.js';
import { empty } from '../ui/parts.js';

export async function show(place) {
  place.append(h('h1', {}, t('nav.loads')), empty(t('soon'), t('soon.next')));
  return t('nav.loads');
}
