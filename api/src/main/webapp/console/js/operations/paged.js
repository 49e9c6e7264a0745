import { address, get } from '../api.js';
import { t } from '../texts.js';
import { fill, h } from '../ui/dom.js';
import { button, failure, show } from '../ui/parts.js';

/** Shows the pages of a list one below the other; the next page is asked for by a button. */
export async function paged(place, path, query, draw, none) {
  const items = [];
  const body = h('div', { class: 'stack' });
  const more = h('div');
  const next = async (after) => {
    const page = await get(address(path, { ...query, after }));
    items.push(...page.items);
    fill(more, page.next && button(t('pages.more'), () => next(page.next).catch((error) => fill(more, failure(error)))));
    fill(body, items.length ? draw(items) : none());
    return [body, more];
  };
  await show(place, next(null), (shown) => shown, () => paged(place, path, query, draw, none));
}
