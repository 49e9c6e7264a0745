import { get, send } from '../api.js';
import { t } from '../texts.js';
import { exact, time } from '../times.js';
import { announce, fill, h } from '../ui/dom.js';
import { button, dialog, failure, field, show as showIn, table } from '../ui/parts.js';
import { duration } from './marks.js';

/** The rules by which alerts are found, and changes of them. */
const BOUNDS = ['warning', 'critical'];
const WAITS = ['openAfter', 'closeAfter'];

export function rules(place) {
  const again = () => rules(place);
  return showIn(place, get('monitoring/alerts/rules'), ({ items }) => table(t('alerts.RULES'), [
    { title: t('alerts.rule'), cell: (one) => [h('span', { class: 'code' }, one.rule), one.changed && [h('br'), h('span', { class: 'soft small' }, t('rule.changed'), ' ', time(one.changed))]] },
    { title: t('alerts.warning'), number: true, cell: (one) => bound(one, one.warning) },
    { title: t('alerts.critical'), number: true, cell: (one) => bound(one, one.critical) },
    { title: t('rule.openAfter'), cell: (one) => duration(one.openAfter) },
    { title: t('alerts.enabled'), cell: (one) => t(one.enabled ? 'yes' : 'no') },
    { title: t('alerts.runbook'), cell: (one) => h('span', { class: 'small code' }, one.runbook) },
    { title: t('anomalies.do'), cell: (one) => button(t('sla.open'), () => change(one, again), { 'aria-haspopup': 'dialog', 'aria-label': t('sla.change', { name: one.rule }) }) },
  ], items, { unseen: true }), again);
}

function bound(rule, value) {
  return value === null ? '–' : `${rule.worse === 'LOW' ? '≤' : '≥'} ${exact(value)} ${rule.unit}`;
}

/** Asks for other bounds; what is left empty is as it was delivered. */
function change(rule, done) {
  const inputs = {
    ...Object.fromEntries(BOUNDS.map((name) => [name, h('input', { name, type: 'number', step: 'any', value: rule[name] ?? '' })])),
    ...Object.fromEntries(WAITS.map((name) => [name, h('input', { name, value: rule[name], autocomplete: 'off' })])),
  };
  const enabled = h('input', { type: 'checkbox', name: 'enabled', checked: rule.enabled });
  const outcome = h('div');
  const put = async (body) => {
    try {
      await send('PUT', `monitoring/alerts/rules/${encodeURIComponent(rule.rule)}`, body);
      window.close();
      await done();
      announce(t('edit.done'));
    } catch (error) {
      fill(outcome, failure(error));
    }
  };
  const typed = () => ({
    margin: rule.margin, enabled: enabled.checked,
    ...Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.value.trim()]).filter(([, value]) => value)
      .map(([name, value]) => [name, BOUNDS.includes(name) ? Number(value) : value])),
  });
  const window = dialog(t('sla.change', { name: rule.rule }), h('form', {
    class: 'stack', onsubmit: (event) => {
      event.preventDefault();
      put(typed());
    },
  }, h('p', { class: 'soft' }, t('rule.empty')),
  h('div', { class: 'fields' }, BOUNDS.map((name) => field(`${t(`alerts.${name}`)} (${rule.unit})`, inputs[name])), WAITS.map((name) => field(t(`rule.${name}`), inputs[name], { hint: t('sla.duration') }))),
  h('label', { class: 'row center' }, enabled, t('rule.enabled')), outcome,
  h('div', { class: 'row' }, h('button', { class: 'main' }, t('sla.save')), rule.changed && button(t('rule.delivered'), () => put({})))));
  inputs.warning.focus();
}
