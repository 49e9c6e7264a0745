import { request } from '../api.js';
import { t } from '../texts.js';
import { number } from '../times.js';
import { h } from '../ui/dom.js';
import { table } from '../ui/parts.js';
import { parse } from './csv.js';

/** The rejects of a load by their reasons, with lines. */
const MOST_BYTES = 2_000_000;
const LINES = 20;

/** The rejects, the first two megabytes of them: {groups, cut}. */
export async function rejectsOf(id, signal) {
  const response = await request(`loads/${id}/rejects`, { accept: 'text/csv', signal });
  const { text, cut } = await beginning(response.body, MOST_BYTES);
  const [, ...lines] = parse(text);
  if (cut) lines.pop();
  return { groups: grouped(lines.map(([line, column, code, reason, raw]) => ({ line, column, code, reason, raw }))), cut };
}

async function beginning(stream, most) {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode(), cut: false };
    text += decoder.decode(value, { stream: true });
    if (text.length > most) {
      await reader.cancel();
      return { text, cut: true };
    }
  }
}

/** By code, the most frequent first. */
export function grouped(rejects) {
  const groups = new Map();
  for (const one of rejects) {
    if (!groups.has(one.code)) groups.set(one.code, []);
    groups.get(one.code).push(one);
  }
  return [...groups].map(([code, all]) => ({ code, all })).sort((a, b) => b.all.length - a.all.length);
}

/** The groups, each with its first lines; the caption tells one list of rejects from another of the same page. */
export function drawn({ groups, cut }, caption = t('rejects')) {
  return [
    cut && h('p', { class: 'note warn small' }, t('rejects.cut')),
    groups.map(({ code, all }, i) => h('details', { class: 'card', open: i === 0 },
      h('summary', {}, t('rejects.group', { code, count: number(all.length, 12) }), ' ', h('span', { class: 'soft small' }, all[0].reason)),
      table(t('rejects.of', { code, caption }), [
        { title: t('rejects.line'), number: true, cell: (one) => one.line },
        { title: t('rejects.column'), cell: (one) => one.column || t('rejects.whole') },
        { title: t('rejects.reason'), cell: (one) => one.reason },
        { title: t('rejects.raw'), cell: (one) => h('code', {}, (one.raw ?? '').slice(0, 300)) },
      ], all.slice(0, LINES), { unseen: true }),
      all.length > LINES && h('p', { class: 'soft small' }, t('rejects.first', { count: LINES })))),
  ];
}
