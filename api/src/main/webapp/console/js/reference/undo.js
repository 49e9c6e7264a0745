import { getTagged, send } from '../api.js';
import { t } from '../texts.js';
import { announce, fill, h } from '../ui/dom.js';
import { dialog, failure, field } from '../ui/parts.js';
import { differences } from './history.js';
import { asSent } from './sent.js';
import { nameOf, propertiesOf, same } from './values.js';

/** Undoes a change by a new change: nothing is taken out of the history. What was changed since is shown first. */
export async function undo(at, change, latest, done) {
  try {
    await offer(at, change, latest, done);
  } catch (error) {
    dialog(t('undo.of', { revision: change.revision }), failure(error));
  }
}

async function offer({ collection, code }, change, latest, done) {
  const path = `${collection}/${encodeURIComponent(code)}`;
  const of = propertiesOf(collection);
  const { item, etag } = await getTagged(path).catch((error) => {
    if (![404, 410].includes(error.status)) throw error;
    return { item: null, etag: null };
  });
  const reason = h('input', { name: 'reason', required: true, maxlength: '500', value: t('undo.reason', { revision: change.revision }) });
  const outcome = h('div');
  const later = item ? laterThan(change, item, of, latest) : [];
  const plan = planOf(change, item);
  const form = h('form', {
    class: 'stack', onsubmit: async (event) => {
      event.preventDefault();
      try {
        await plan.run(path, etag, reason.value, of);
        window.close();
        announce(t('undo.done'));
        done();
      } catch (error) {
        fill(outcome, failure(error));
      }
    },
  },
  plan.note && h('p', {}, plan.note),
  plan.changes.length > 0 && differences(t('undo.becomes'), plan.changes.map((one) => ({ ...one, of: of[one.property] }))),
  later.length > 0 && h('p', { class: 'note warn' }, t(change.operation === 'CREATED' ? 'undo.created.later' : 'undo.later', { names: later.map(nameOf).join(', ') })),
  plan.run && [field(t('reason'), reason), outcome, h('div', {}, h('button', { class: 'main' }, t('undo')))]);
  const window = dialog(t('undo.of', { revision: change.revision }), form);
  (plan.run ? reason : window.querySelector('button')).focus();
}

/** The properties that were changed again since: of a creation any, since its undoing takes the whole item away. */
function laterThan(change, item, of, latest) {
  const made = new Map(change.changes.map((one) => [one.property, one.to]));
  const all = change.operation === 'UPDATED' ? [...made.keys()] : change.operation === 'CREATED' && !latest ? Object.keys(of) : [];
  return all.filter((property) => !same(item[property], made.get(property)));
}

/** What undoing comes to: of an update the values before, of a creation its deletion, of a deletion the item as it was. */
function planOf(change, item) {
  if (change.operation === 'CREATED') {
    return item ? { note: t('undo.created'), changes: [], run: (path, etag, reason) => send('DELETE', path, undefined, { ifMatch: etag, reason }) } : { note: t('undo.gone'), changes: [] };
  }
  const before = Object.fromEntries(change.changes.map((one) => [one.property, one.from]));
  if (change.operation === 'DELETED') {
    return item ? { note: t('undo.there'), changes: [] } : {
      note: t('undo.deleted'), changes: change.changes.map((one) => ({ property: one.property, from: null, to: one.from })),
      run: (path, etag, reason, of) => send('PUT', path, asSent(of, before), { ifNoneMatch: '*', reason }),
    };
  }
  if (!item) return { note: t('undo.gone'), changes: [] };
  const changes = change.changes.filter((one) => !same(item[one.property], one.from)).map((one) => ({ property: one.property, from: item[one.property], to: one.from }));
  if (!changes.length) return { note: t('undo.nothing'), changes };
  return {
    changes,
    run: (path, etag, reason, of) => send('PATCH', path, asSent(of, Object.fromEntries(changes.map((one) => [one.property, one.to])), item), { ifMatch: etag, reason }),
  };
}
