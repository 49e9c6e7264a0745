import { address, ApiProblem, get, getTagged, send } from '../api.js';
import { go } from '../router.js';
import { may } from '../session.js';
import { t } from '../texts.js';
import { bytes } from '../times.js';
import { announce, fill, h } from '../ui/dom.js';
import { button, failure, field, select, show as showIn } from '../ui/parts.js';
import { COLLECTIONS } from '../reference/collections.js';
import { firstLines, forProposal, isWorkbook, layoutName } from './file.js';
import { proposal } from './proposal.js';
import { run, trial } from './trial.js';

/** A new load: the file, what it is, how it is read, a trial, and then the load itself. */
const SHOWN_LINES = 12;
const ANEW = '';

export async function show(main, url) {
  const [datasets, layouts, lists] = await Promise.all(['datasets', 'layouts', 'code-lists'].map((all) => get(address(all, { limit: 1000 }))));
  const state = { file: null, into: url.searchParams.get('into') ?? '', layout: url.searchParams.get('layout') ?? ANEW, blob: null, name: '', etag: null, changed: true, shown: null };
  const parts = Object.fromEntries(['lines', 'layout', 'trial', 'run'].map((name) => [name, h('section', { class: 'card stack', hidden: true, 'aria-label': t(`new.${name}`) })]));
  fill(main, h('div', { class: 'stack' },
    h('div', {}, h('p', { class: 'small soft crumb' }, h('a', { href: '/loads' }, t('nav.loads'))), h('h1', {}, t('loads.new')), h('p', { class: 'soft' }, t('new.lead'))),
    h('section', { class: 'card stack', 'aria-label': t('new.file') }, h('h2', {}, `1. ${t('new.file')}`), drop(state, (file) => take(file)), target(state, datasets.items, lists.items, (into) => { state.into = into; look(); })),
    Object.values(parts)));

  async function take(file) {
    state.file = file;
    state.name = free(layoutName(file), layouts.items.map((one) => one.name));
    state.etag = null;
    await look();
  }

  async function look() {
    Object.values(parts).forEach((part) => (part.hidden = true));
    Object.assign(state, { blob: null, type: null, shown: null });
    if (!state.file) return null;
    const { file, into } = state;
    parts.lines.hidden = false;
    if (isWorkbook(state.file)) return fill(parts.lines, h('p', { class: 'note warn', role: 'alert' }, t('new.workbook')));
    const lines = h('div');
    fill(parts.lines, h('h2', {}, `2. ${t('new.lines')}`), lines);
    await showIn(lines, forProposal(file), async (found) => {
      const blob = found?.blob ?? null;
      if (lines.isConnected) Object.assign(state, { blob, type: found?.type });
      return blob ? h('pre', { tabindex: '0', role: 'region', 'aria-label': t('new.lines.text'), class: 'lines' }, await firstLines(blob, SHOWN_LINES)) : h('p', { class: 'soft' }, t('new.zip'));
    });
    if (!lines.isConnected || state.into !== into) return null; // another file or target was chosen meanwhile
    if (!state.into) {
      fill(parts.lines, ...parts.lines.childNodes, h('p', { class: 'note' }, t('new.choose')));
      return null;
    }
    return chooseLayout();
  }

  async function chooseLayout() {
    parts.layout.hidden = false;
    const place = h('div', { class: 'stack' });
    const proposes = state.blob && may('editor'); // who stores no layouts could not go on with a new one
    const fitting = layouts.items.filter((one) => one.into === state.into).map((one) => one.name);
    if (!fitting.includes(state.layout)) state.layout = ANEW;
    const choice = select([...(proposes ? [[ANEW, t('new.propose')]] : []), ...fitting.map((name) => [name, t('new.stored', { name })])], state.layout, (name) => { state.layout = name; draw(); });
    if (!proposes && state.layout === ANEW) state.layout = fitting[0] ?? ANEW;
    fill(parts.layout, h('h2', {}, `3. ${t('new.layout')}`), field(t('new.how'), choice), place);
    const draw = async () => {
      [parts.trial, parts.run].forEach((part) => (part.hidden = true));
      state.changed = true;
      if (state.layout === ANEW && !proposes) {
        fill(place, h('p', { class: 'note warn' }, t(state.blob ? 'new.layout.role' : 'new.zip.layout')));
        return;
      }
      const chosen = state.layout;
      const asked = chosen === ANEW ? proposed() : getTagged(`layouts/${encodeURIComponent(chosen)}`).then(({ item, etag }) => {
        if (state.layout === chosen) Object.assign(state, { etag, name: chosen, changed: false }); // it is stored already: who may only load could not store it again
        return { layout: item, reasons: [], doubts: [], preview: null };
      });
      await showIn(place, asked, (found) => {
        if (!place.isConnected) return null;
        state.shown = proposal(found, state, () => { state.changed = true; });
        follow();
        return state.shown.element;
      }, draw);
    };
    await draw();
  }

  async function proposed() {
    Object.assign(state, { etag: null, name: free(layoutName(state.file), layouts.items.map((one) => one.name)) });
    const { json } = await send('POST', address('layouts/proposal', { into: state.into, name: state.file.name }), undefined, { body: state.blob, type: state.type });
    announce(t('new.proposed'));
    return json;
  }

  function follow() {
    [parts.trial, parts.run].forEach((part) => (part.hidden = false));
    const tried = h('div', { class: 'stack' });
    const outcome = h('div');
    fill(parts.trial, h('h2', {}, `4. ${t('new.trial')}`), h('p', { class: 'soft' }, t('new.trial.what')),
      h('div', {}, button(t('new.trial.run'), () => guarded(tried, () => trial(tried, state)))), tried);
    const mode = select([['UPSERT', t('load.mode.UPSERT')], ['REPLACE', t('load.mode.REPLACE')]], 'UPSERT', () => {});
    const most = h('input', { type: 'number', min: '0', max: '100', step: 'any', value: '10' });
    const reason = h('input', { name: 'reason', maxlength: '500', autocomplete: 'off' });
    fill(parts.run, h('h2', {}, `5. ${t('new.run')}`), h('div', { class: 'fields' }, field(t('load.mode'), mode), field(t('new.most'), most, { hint: t('new.most.hint') }), field(t('reason'), reason, { hint: t('reason.hint') })), outcome,
      h('div', {}, button(t('new.run.now'), (event) => guarded(outcome, async () => {
        event.target.disabled = true;
        try {
          const id = await run(state, { mode: mode.value, maxRejectRatio: Number(most.value) / 100 }, reason.value.trim());
          if (parts.run.isConnected) go(`/loads/${id}`);
          else announce(t('new.run.sent', { id })); // the reader is elsewhere by now
        } finally {
          event.target.disabled = false;
        }
      }), { class: 'main' })));
  }

  /** Keeps the layout as it stands, then does something with it; what goes wrong is said in a place. */
  async function guarded(place, what) {
    try {
      await keepLayout();
      await what();
    } catch (error) {
      if (error.name !== 'AbortError') fill(place, failure(error, null));
    }
  }

  async function keepLayout() {
    const { name, layout } = state.shown.read();
    if (!state.changed && name === state.name) return;
    const path = `layouts/${encodeURIComponent(name)}`;
    const known = name === state.name ? state.etag : null;
    const { etag } = await send('PUT', path, { ...layout, name }, known ? { ifMatch: known } : { ifNoneMatch: '*' }).catch((error) => {
      throw error.status === 412 && !known ? new ApiProblem(400, { detail: t('layout.taken', { name }) }) : error;
    });
    Object.assign(state, { name, etag, changed: false });
  }

  return t('loads.new');
}

/** A name that no other layout has. */
function free(name, taken) {
  let i = 1;
  while (taken.includes(i === 1 ? name : `${name}-${i}`)) i++;
  return i === 1 ? name : `${name}-${i}`;
}

/** A place to drop a file on; with the keyboard it is a field like any other. */
function drop(state, take) {
  const name = h('p', { class: 'soft', role: 'status' }, t('drop.none'));
  const chosen = (file) => {
    if (!file) return;
    name.textContent = t('drop.chosen', { name: file.name, size: bytes(file.size) });
    take(file);
  };
  const input = h('input', { type: 'file', accept: '.csv,.tsv,.txt,.gz,.zip,.ndjson,.jsonl', onchange: () => chosen(input.files[0]) });
  const zone = h('div', {
    class: 'drop', ondragover: (event) => { event.preventDefault(); zone.classList.add('over'); }, ondragleave: () => zone.classList.remove('over'),
    ondrop: (event) => {
      event.preventDefault();
      zone.classList.remove('over');
      chosen(event.dataTransfer.files[0]);
    },
  }, field(t('drop'), input, { hint: t('drop.hint') }), name);
  return zone;
}

function target(state, datasets, lists, onchange) {
  const option = (value, text) => h('option', { value, selected: value === state.into }, text);
  const control = h('select', { onchange: () => onchange(control.value) }, option('', t('new.into.none')),
    h('optgroup', { label: t('datasets') }, datasets.map((one) => option(`datasets/${one.code}`, `${one.name} (${one.code})`))),
    h('optgroup', { label: t('nav.reference') }, Object.keys(COLLECTIONS).filter((one) => one !== 'code-lists').map((one) => option(one, t(`collections.${one}`)))),
    h('optgroup', { label: t('collections.code-lists') }, lists.map((one) => option(`code-lists/${one.code}/codes`, `${one.name} (${one.code})`))));
  return field(t('new.into'), control, { hint: t('new.into.hint') });
}

