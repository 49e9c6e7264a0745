import { getTagged, send } from '../api.js';
import { may } from '../session.js';
import { t } from '../texts.js';
import { announce, fill, h } from '../ui/dom.js';
import { button, dialog, failure, field, select } from '../ui/parts.js';
import { allDatasets } from '../search.js';

/** Makes, changes or takes back a service level. What each kind needs is asked for, and nothing else. */
const NEEDS = {
  LOAD_DURATION: ['dataset', 'bound'], FRESHNESS: ['dataset'], QUALITY: ['dataset', 'least'], REQUEST_LATENCY: ['route', 'boundMs'], REQUEST_ERRORS: ['route'],
};
const BOUNDS_MS = ['0.1', '0.25', '0.5', '1', '2.5', '5', '10', '25', '50', '100', '250', '500', '1000', '2500', '5000', '10000'];
const NUMBERS = ['least', 'boundMs'];

export async function promise(name, done) {
  const datasets = may('reader') ? await allDatasets() : null; // who may not read data knows the code
  const { item, etag } = name ? await getTagged(`monitoring/slas/${encodeURIComponent(name)}`) : { item: null, etag: null };
  const choices = (datasets ?? []).map((one) => [one.code, `${one.name} (${one.code})`]);
  if (item?.dataset && !choices.some(([code]) => code === item.dataset)) choices.unshift([item.dataset, item.dataset]); // the list may be longer, or older
  let kind = item?.kind ?? 'LOAD_DURATION';
  const input = (member, usual, more = {}) => h('input', { name: member, value: item?.[member] ?? usual, required: true, autocomplete: 'off', ...more });
  const controls = {
    layout: input('layout', ''),
    dataset: !datasets ? input('dataset', '') : select(choices, item?.dataset ?? choices[0]?.[0], () => {}, { name: 'dataset' }),
    route: input('route', '/api/v1/datasets/{code}/observations'), bound: input('bound', 'PT10M'), least: input('least', '90', { type: 'number', min: '0', max: '100', step: 'any' }),
    boundMs: select(BOUNDS_MS, String(item?.boundMs ?? '250'), () => {}, { name: 'boundMs' }),
  };
  const title = h('input', { name: 'name', value: name ?? '', required: true, readonly: Boolean(name), pattern: '[A-Za-z0-9_@$\\-]{1,64}', autocomplete: 'off' });
  const objective = h('input', { name: 'objective', type: 'number', min: '0', max: '100', step: 'any', required: true, value: item ? rounded(item.objective * 100) : '95' });
  const window = input('window', 'P30D');
  const needed = h('div', { class: 'fields' });
  const outcome = h('div');
  const needs = () => NEEDS[kind].map((member) => (member === 'dataset' && item?.layout ? 'layout' : member));
  const draw = () => fill(needed, needs().map((member) => field(t(`sla.${member}`), controls[member], { hint: member === 'bound' ? t('sla.duration') : null })));
  const guarded = async (what, said) => {
    try {
      await what();
      shown.close();
      await done();
      announce(said);
    } catch (error) {
      fill(outcome, failure(error));
    }
  };
  const path = () => `monitoring/slas/${encodeURIComponent(title.value.trim())}`;
  const body = () => ({
    kind, objective: rounded(Number(objective.value) / 100), window: window.value.trim(),
    ...Object.fromEntries(needs().map((member) => [member, NUMBERS.includes(member) ? Number(controls[member].value) : controls[member].value.trim()])),
  });
  const shown = dialog(name ? t('sla.change', { name }) : t('sla.new'), h('form', {
    class: 'stack', onsubmit: (event) => {
      event.preventDefault();
      guarded(() => send('PUT', path(), body(), etag ? { ifMatch: etag } : { ifNoneMatch: '*' }), t('edit.done'));
    },
  }, field(t('slas.name'), title), field(t('sla.kind'), select(Object.keys(NEEDS).map((one) => [one, t(`sla.kind.${one}`)]), kind, (chosen) => { kind = chosen; draw(); }, { name: 'kind' })), needed,
  h('div', { class: 'fields' }, field(t('sla.objective'), objective), field(t('sla.window'), window, { hint: t('sla.duration') })), outcome,
  h('div', { class: 'row' }, h('button', { class: 'main' }, t('sla.save')),
    name && button(t('sla.remove'), () => guarded(() => send('DELETE', path(), undefined, { ifMatch: etag }), t('sla.removed')), { class: 'bad' }))));
  draw();
  (name ? objective : title).focus();
}

/** Without what binary fractions add: 99.9 is 0.999. */
function rounded(value) {
  return Number(value.toFixed(8));
}
