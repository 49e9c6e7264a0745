import { address, get } from './api.js';
import { go } from './router.js';
import { t } from './texts.js';
import { combo } from './ui/combo.js';
import { field } from './ui/parts.js';

/** Search over everything: datasets, series by their keys, items of all collections; by name or code. */
const COLLECTIONS = ['regions', 'facilities', 'indicators', 'instruments', 'organizations', 'emission-sources', 'units', 'providers'];
const OF_EACH = 4;
const CODE = /^[\w@$-]{1,64}$/;
const KEY = /^[\w@$-]{1,64}(\.[\w@$-]{1,64})+$/;

/** All datasets, asked for once a page; at most 1,000. */
let datasets = null;

export function allDatasets() {
  datasets ??= get(address('datasets', { limit: 1000 })).then((page) => page.items).catch((error) => {
    datasets = null;
    throw error;
  });
  return datasets;
}

const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

async function inDatasets(text) {
  const wanted = plain(text);
  return (await allDatasets()).filter((one) => plain(`${one.code} ${one.name}`).includes(wanted)).slice(0, 6)
    .map((one) => ({ text: one.name, detail: `${t('search.dataset')} ${one.code}`, value: `/explore?dataset=${one.code}` }));
}

async function inCollection(collection, text, signal) {
  const shown = { fields: 'code,name', limit: OF_EACH };
  const asked = [get(address(collection, { q: text, ...shown }), { signal })];
  if (CODE.test(text)) asked.push(get(address(collection, { code: `${text},${text.toUpperCase()}`, ...shown }), { signal }));
  const found = new Map();
  (await Promise.all(asked)).reverse().forEach((page) => page.items.forEach((item) => found.set(item.code, item)));
  return [...found.values()].slice(0, OF_EACH).map((item) =>
    ({ text: item.name, detail: `${t(`collection.${collection}`)} ${item.code}`, value: `/explore?item=${collection}/${item.code}` }));
}

/** The datasets that have a series of this key. */
async function inSeries(key, signal) {
  const places = (await allDatasets()).filter((one) => one.dimensions.length === key.split('.').length).slice(0, 20);
  const found = await Promise.all(places.map((one) =>
    get(address(`datasets/${one.code}/series`, { key, limit: 1 }), { signal }).then((page) => page.items.length && one, () => null)));
  return found.filter(Boolean).map((one) =>
    ({ text: `${key}: ${one.name}`, detail: `${t('search.series')} ${one.code}`, value: `/explore?dataset=${one.code}&key=${key}` }));
}

/** What fits a text, the best first. What the reader may not see is left out. */
export async function propose(text, signal) {
  const found = await Promise.allSettled([
    KEY.test(text) ? inSeries(text, signal) : [],
    inDatasets(text),
    ...COLLECTIONS.map((collection) => inCollection(collection, text, signal)),
  ]);
  signal.throwIfAborted();
  if (found.slice(1).every((part) => part.status === 'rejected')) throw found[1].reason;
  const wanted = plain(text);
  const rank = (one) => (plain(one.detail).endsWith(` ${wanted}`) ? 0 : plain(one.text).startsWith(wanted) ? 1 : 2);
  return found.flatMap((part) => part.value ?? []).map((one, i) => [rank(one), i, one]).sort((a, b) => a[0] - b[0] || a[1] - b[1])
    .map(([, , one]) => one).slice(0, 20);
}

/** The field for it. */
export function search() {
  const box = combo(t('search'), propose, go, { placeholder: t('search.example') });
  const part = field(t('search'), box.querySelector('input'), { hint: t('search.hint') });
  part.insertBefore(box, part.children[1]);
  return part;
}
