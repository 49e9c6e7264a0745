import { t } from '../texts.js';
import { number } from '../times.js';
import { h } from '../ui/dom.js';

/** A plan of PostgreSQL as a tree: what each step does, and which share of the cost, or of the time, is its own. */
export function plan(json) {
  const root = (Array.isArray(json) ? json[0] : json)?.Plan;
  if (!root) return h('pre', { tabindex: '0' }, JSON.stringify(json, null, 2));
  const timed = root['Actual Total Time'] !== undefined;
  const whole = total(root, timed) || 1;
  return h('ul', { class: 'tree' }, step(root, timed, whole));
}

function step(node, timed, whole) {
  const below = node.Plans ?? [];
  const own = Math.max(0, total(node, timed) - below.reduce((sum, one) => sum + total(one, timed), 0));
  const share = Math.min(1, own / whole);
  const tone = share >= 0.5 ? 'bad' : share >= 0.2 ? 'warn' : '';
  const what = [node['Node Type'], node['Relation Name'] && t('plan.on', { name: node['Relation Name'] }), node['Index Name'] && t('plan.by', { name: node['Index Name'] })].filter(Boolean).join(' ');
  const detail = ['Index Cond', 'Filter', 'Hash Cond', 'Merge Cond', 'Join Filter', 'Sort Key'].filter((name) => node[name]).map((name) => `${name}: ${[node[name]].flat().join(', ')}`);
  return h('li', {}, h('details', { open: true },
    h('summary', {}, h('strong', {}, what), ' ', h('span', { class: `mark ${tone}` }, t('plan.share', { share: number(share * 100, 2) })), ' ',
      h('span', { class: 'soft small' }, timed ? t('plan.actual', { ms: number(total(node, true), 4), rows: number(node['Actual Rows'] ?? 0), expected: number(node['Plan Rows'] ?? 0) })
        : t('plan.expected', { cost: number(node['Total Cost'] ?? 0, 5), rows: number(node['Plan Rows'] ?? 0) }))),
    detail.length > 0 && h('ul', { class: 'plain-list small code' }, detail.map((one) => h('li', {}, one))),
    below.length > 0 && h('ul', {}, below.map((one) => step(one, timed, whole)))));
}

/** The time of a step over all its loops, or its cost. */
function total(node, timed) {
  return timed ? (node['Actual Total Time'] ?? 0) * (node['Actual Loops'] ?? 1) : node['Total Cost'] ?? 0;
}
