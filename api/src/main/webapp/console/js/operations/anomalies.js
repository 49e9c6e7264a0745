import { send } from '../api.js';
import { go } from '../router.js';
import { t } from '../texts.js';
import { exact, number, time } from '../times.js';
import { announce, fill, h } from '../ui/dom.js';
import { button, dialog, empty, failure, field, table, tabs } from '../ui/parts.js';
import { mark } from './marks.js';
import { paged } from './paged.js';

/** Values that do not follow from those before them: to be looked at, and to be marked as right. */
export async function show(body, { url }) {
  const state = url.searchParams.get('state') === 'RIGHT' ? 'RIGHT' : 'OPEN';
  const dataset = url.searchParams.get('dataset');
  const place = h('div', { class: 'stack' });
  const at = (one) => `/operations/anomalies?state=${one}${dataset ? `&dataset=${dataset}` : ''}`;
  fill(body, tabs(t('operations.anomalies'), [['OPEN', t('anomalies.OPEN')], ['RIGHT', t('anomalies.RIGHT')]], state, (one) => go(at(one)), place),
    dataset && h('p', {}, t('anomalies.only', { dataset }), ' ', h('a', { href: '/operations/anomalies' }, t('filters.none'))), place);
  const again = () => show(body, { url });
  await paged(place, 'monitoring/anomalies', { state, dataset, limit: 50 }, (items) => table(t('operations.anomalies'), [
    { title: t('series'), cell: (one) => h('a', { href: `/explore?dataset=${one.dataset}&key=${one.series}` }, `${one.dataset} ${one.series}`) },
    { title: t('period'), cell: (one) => one.period },
    { title: t('value'), number: true, cell: (one) => exact(one.value) },
    { title: t('anomalies.expected'), number: true, cell: (one) => number(one.expected) },
    { title: t('anomalies.score'), number: true, cell: (one) => number(one.score, 3) },
    { title: t('load'), cell: (one) => h('a', { href: `/loads/${one.load}` }, String(one.load)) },
    ...(state === 'RIGHT' ? [{ title: t('anomalies.mark'), cell: (one) => [mark('RIGHT'), ' ', one.mark?.reason, ' ', h('span', { class: 'soft small' }, one.mark?.by, ' ', time(one.mark?.at))] }] : []),
    { title: t('anomalies.do'), cell: (one) => (state === 'OPEN' ? button(t('anomalies.right'), () => right(one, again), { 'aria-haspopup': 'dialog', 'aria-label': t('anomalies.right.of', { series: one.series, period: one.period }) })
      : button(t('anomalies.reopen'), () => reopen(place, one, again))) },
  ], items, { unseen: true }), () => empty(t(`anomalies.none.${state}`), t('anomalies.none.next')));
}

function right(anomaly, done) {
  const reason = h('input', { required: true, maxlength: '1000', autocomplete: 'off' });
  const outcome = h('div');
  const window = dialog(t('anomalies.right.of', anomaly), h('form', {
    class: 'stack', onsubmit: async (event) => {
      event.preventDefault();
      try {
        await send('PUT', `monitoring/anomalies/${anomaly.id}`, { state: 'RIGHT', reason: reason.value.trim() });
        window.close();
        await done();
        announce(t('anomalies.marked'));
      } catch (error) {
        fill(outcome, failure(error));
      }
    },
  }, h('p', {}, t('anomalies.sentence', { value: exact(anomaly.value), expected: exact(anomaly.expected), period: anomaly.period })),
  field(t('anomalies.why'), reason), outcome, h('div', {}, h('button', { class: 'main' }, t('anomalies.right')))));
  reason.focus();
}

async function reopen(place, anomaly, done) {
  try {
    await send('PUT', `monitoring/anomalies/${anomaly.id}`, { state: 'OPEN' });
    await done();
  } catch (error) {
    place.prepend(failure(error));
  }
}
