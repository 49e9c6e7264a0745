import { ApiProblem } from '../api.js';
import { t } from '../texts.js';
import { exact } from '../times.js';
import { h } from '../ui/dom.js';
import { field, table } from '../ui/parts.js';
import { drawn, grouped } from './rejects.js';

/** How a file is read: the members with the reasons for them, what is in doubt, and what becomes of the first lines. All of it can be changed. */

const MEMBERS = ['format', 'delimiter', 'encoding', 'decimal', 'skip', 'header', 'time', 'dimensions', 'value', 'values', 'status', 'properties', 'missing', 'scope'];

export function proposal({ layout, reasons, doubts, preview }, state, onchange) {
  const name = h('input', { value: state.name, pattern: '[A-Za-z0-9_@$\\-]{1,64}', autocomplete: 'off', oninput: onchange });
  const members = { ...layout, name: undefined };
  const text = h('textarea', { rows: 14, spellcheck: 'false', class: 'code', value: JSON.stringify(members, null, 2), oninput: onchange });
  const why = reasonsOf(members, reasons);
  const element = h('div', { class: 'stack' },
    doubts.length > 0 && h('div', { class: 'note warn' }, h('p', {}, h('strong', {}, t('doubts'))), h('ul', {}, doubts.map((one) => h('li', {}, `${pathOf(one.pointer)}: ${one.doubt}`)))),
    why.length > 0 && table(t('reasons'), [
      { title: t('reasons.member'), cell: (one) => one.name }, { title: t('reasons.value'), cell: (one) => h('code', {}, one.value) },
      { title: t('reasons.reason'), cell: (one) => one.reason },
    ], why),
    preview && previewOf(preview),
    h('details', { open: doubts.length > 0 }, h('summary', {}, t('layout.edit')), h('div', { class: 'stack' }, field(t('layout.text'), text, { hint: t('layout.text.hint') }))),
    field(t('layout.name'), name, { hint: t('layout.name.hint') }));
  return {
    element,
    read: () => {
      try {
        return { name: name.value.trim(), layout: JSON.parse(text.value) };
      } catch (error) {
        text.closest('details').open = true;
        text.focus();
        throw new ApiProblem(400, { detail: t('layout.broken', { message: error.message }) });
      }
    },

  };
}

/** A row for each reason, and for each member that has none. */
function reasonsOf(members, reasons) {
  const told = reasons.map((one) => ({ name: pathOf(one.pointer), value: short(at(members, one.pointer)), reason: one.reason }));
  const named = new Set(reasons.map((one) => one.pointer.split('/')[1]));
  return [...told, ...MEMBERS.filter((name) => members[name] !== undefined && !named.has(name)).map((name) => ({ name, value: short(members[name]), reason: '–' }))];
}

function at(value, pointer) {
  return pointer.split('/').slice(1).reduce((from, key) => from?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], value);
}

function pathOf(pointer) {
  return (pointer ?? '').split('/').filter(Boolean).join(' › ') || t('layout');
}

function short(value) {
  const text = value === undefined ? t('reasons.usual') : typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

function previewOf({ lines, rows, accepted, rejects }) {
  const flat = accepted.map(({ item, ...one }) => ({ ...one, ...(typeof item === 'object' ? item : item !== undefined && { item }) }));
  const columns = [...new Set(flat.flatMap((one) => Object.keys(one)))];
  return h('div', { class: 'stack' },
    lines > 0 && h('p', {}, t('preview', { lines: exact(lines), taken: exact(rows.read - rows.rejected), rejected: exact(rows.rejected), ignored: exact(rows.ignored ?? 0) })),
    accepted.length > 0 && table(t('preview.accepted'), columns.map((name) => ({
      title: name, number: name === 'value' || name === 'line', cell: (one) => (one[name] === null || one[name] === undefined ? '–' : typeof one[name] === 'object' ? one[name].code ?? JSON.stringify(one[name]) : String(one[name])),
    })), flat),
    rejects.length > 0 && [h('h3', {}, t('preview.rejects')), drawn({ groups: grouped(rejects), cut: false }, t('preview.rejects'))]);
}
