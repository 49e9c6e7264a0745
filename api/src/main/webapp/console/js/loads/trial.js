import { address, get, send } from '../api.js';
import { t } from '../texts.js';
import { announce, fill, h } from '../ui/dom.js';
import { busy } from '../ui/parts.js';
import { forTrial, typeOf } from './file.js';
import { drawn, rejectsOf } from './rejects.js';
import { ended, rows, stateMark } from './state.js';

/** A dry run of the first lines of a file, and its load. */
const EVERY = 300;

/** Sends the first thousand lines as a dry run, and shows what would become of them. */
export async function trial(place, state) {
  fill(place, busy(t('new.trial.runs')));
  const { blob, whole, type } = await forTrial(state.file);
  const { json } = await send('POST', address('loads', { layout: state.name, dryRun: true, maxRejectRatio: 1, name: state.file.name }), undefined,
    { body: blob, type });
  let load = json;
  while (!ended(load)) {
    await new Promise((done) => setTimeout(done, EVERY));
    if (!place.isConnected) return;
    load = await get(`loads/${load.id}`);
  }
  const rejects = load.rows?.rejected || load.state === 'FAILED' ? await rejectsOf(load.id) : null;
  const found = rejects?.groups.length ? rejects : null;
  fill(place,
    h('p', {}, stateMark(load.state), ' ', t(whole ? 'new.trial.whole' : 'new.trial.part')),
    load.state === 'FAILED' && h('p', { class: 'note bad' }, load.message), rows(load),
    found ? [h('h3', {}, t('rejects')), drawn(found, t('new.trial'))] : load.state === 'COMPLETED' && h('p', { class: 'note good' }, t('new.trial.clean')));
  announce(t('new.trial.done', { rejected: load.rows?.rejected ?? 0 }));
}

/** Sends the whole file; gives the number of its load. */
export async function run(state, how, reason) {
  const { json } = await send('POST', address('loads', { layout: state.name, ...how, name: state.file.name }), undefined,
    { body: state.file, type: typeOf(state.file), ...(reason && { reason }) });
  return json.id;
}
