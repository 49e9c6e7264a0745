import { send } from '../api.js';
import { t } from '../texts.js';
import { time } from '../times.js';
import { announce, fill, h } from '../ui/dom.js';
import { button, dialog, empty, failure, field, select, table } from '../ui/parts.js';
import { paged } from './paged.js';

/** Silences: alerts with certain labels that are on record but not sent for some time. */
const HOURS = [1, 4, 24, 168];
const HOUR = 3_600_000;

export function silences(place) {
  return paged(place, 'monitoring/silences', { limit: 50 }, (items) => table(t('alerts.SILENCES'), [
    { title: t('silence.of'), cell: (one) => labels(one.matchers) },
    { title: t('reason'), cell: (one) => one.reason },
    { title: t('silence.until'), cell: (one) => time(one.until) },
    { title: t('silence.by'), cell: (one) => [one.author, ' ', h('span', { class: 'soft small' }, time(one.created))] },
    { title: t('anomalies.do'), cell: (one) => button(t('silence.end'), () => end(place, one), { 'aria-label': t('silence.end.of', { labels: labels(one.matchers) }) }) },
  ], items, { unseen: true }), () => empty(t('silence.none'), t('silence.none.next')));
}

async function end(place, silence) {
  try {
    await send('DELETE', `monitoring/silences/${encodeURIComponent(silence.id)}`);
    await silences(place);
    announce(t('silence.ended'));
  } catch (error) {
    place.prepend(failure(error));
  }
}

function labels(matchers) {
  return Object.entries(matchers).map(([name, value]) => `${name}=${value}`).join(', ');
}

/** Asks for how long, and why, an alert is not to be sent: this one only, or all that its rule finds. */
export function silence(alert, done) {
  const own = { alertname: alert.rule, ...alert.labels };
  let hours = HOURS[1];
  let matchers = own;
  const reason = h('input', { name: 'reason', required: true, maxlength: '500', autocomplete: 'off' });
  const outcome = h('div');
  const window = dialog(t('silence.title'), h('form', {
    class: 'stack', onsubmit: async (event) => {
      event.preventDefault();
      try {
        await send('POST', 'monitoring/silences', { matchers, until: new Date(Date.now() + hours * HOUR).toISOString(), reason: reason.value.trim() });
        window.close();
        await done();
        announce(t('silence.begun'));
      } catch (error) {
        fill(outcome, failure(error));
      }
    },
  }, h('p', {}, alert.reason), h('p', { class: 'soft' }, t('silence.what')),
  h('div', { class: 'fields' },
    field(t('silence.of'), select([['own', labels(own)], ['rule', t('silence.rule', { rule: alert.rule })]], 'own', (chosen) => { matchers = chosen === 'own' ? own : { alertname: alert.rule }; }, { name: 'of' })),
    field(t('silence.long'), select(HOURS.map((one) => [String(one), t(`silence.${one}`)]), String(hours), (chosen) => { hours = Number(chosen); }, { name: 'hours' })),
    field(t('reason'), reason)), outcome,
  h('div', {}, h('button', { class: 'main' }, t('silence.begin')))));
  reason.focus();
}
