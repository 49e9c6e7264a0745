import { get, request } from '../api.js';
import * as session from '../session.js';
import { t } from '../texts.js';
import { both } from '../times.js';
import { fill, h, store } from '../ui/dom.js';
import { busy, button, copied, dialog, failure, tabs } from '../ui/parts.js';
import * as picture from './picture.js';
import { addressOf, observations } from './state.js';

/** What is taken away from Explore: files, pictures, code, a citation, a page to embed. */
const TICK = 200;
const FORMATS = [['csv', 'CSV'], ['xlsx', 'Excel (XLSX)'], ['parquet', 'Parquet'], ['ndjson', 'NDJSON']];

function whole(path) {
  return location.origin + path;
}

/** Files by their addresses, and pictures of what is drawn. */
export function download(state, title, drawn) {
  const outcome = h('div', { 'aria-live': 'polite' });
  const name = state.dataset.toLowerCase();
  const take = async (format) => {
    fill(outcome, busy());
    try {
      const response = await request(observations(state, { format }), { accept: '*/*' });
      store(`${name}.${format}`, await response.blob());
      fill(outcome, h('p', {}, t('download.done', { name: `${name}.${format}` })));
    } catch (error) {
      fill(outcome, failure(error));
    }
  };
  dialog(t('download'),
    h('p', {}, t('download.lead')),
    h('ul', { class: 'plain-list stack' }, FORMATS.map(([format, text]) => h('li', { class: 'row center' },
      button(text, () => take(format), { class: format === 'csv' ? 'main' : null }),
      h('a', { href: observations(state, { format, download: `${name}.${format}` }), class: 'small' }, t('download.address', { format: text }))))),
    h('h3', {}, t('download.pictures')),
    h('div', { class: 'row' },
      button('PNG', () => picture.png(name, title, drawn), { disabled: !drawn?.charts.length }),
      button('SVG', () => picture.svg(name, title, drawn), { disabled: !drawn?.charts.length })),
    !drawn?.charts.length && h('p', { class: 'small soft' }, t('chart.nothing')),
    outcome);
}

/** Code that reads the same observations. */
export function code(state) {
  const csv = whole(observations(state, { format: 'csv' })).replaceAll('$', '%24'); // a shell would put a variable there
  const closed = Boolean(session.token());
  const texts = {
    curl: `curl -s${closed ? ' -H "Authorization: Bearer $REFDATA_KEY"' : ''} '${csv}'`,
    pandas: `import pandas as pd\n\nurl = "${csv}"\ndata = pd.read_csv(url${closed ? ', storage_options={"Authorization": "Bearer " + key}' : ''})\nprint(data.pivot(index="time", columns="key", values="value"))`,
    R: closed
      ? `library(httr2)\n\ndata <- request("${csv}") |>\n  req_auth_bearer_token(key) |>\n  req_perform() |>\n  resp_body_string() |>\n  readr::read_csv()`
      : `data <- readr::read_csv("${csv}")`,
    Excel: `let\n  Source = Csv.Document(Web.Contents("${csv}"), [Delimiter = ",", Encoding = 65001]),\n  Data = Table.PromoteHeaders(Source)\nin\n  Data`,
  };
  const hints = { Excel: t('code.excel') };
  const place = h('div', { class: 'stack' });
  const open = (chosen) => {
    const panel = h('div', { class: 'stack' }, hints[chosen] && h('p', { class: 'small' }, hints[chosen]), copied(texts[chosen], chosen));
    fill(place, tabs(t('code'), Object.keys(texts).map((key) => [key, key]), chosen, (next) => {
      open(next);
      place.querySelector('[aria-selected="true"]').focus();
    }, panel), panel);
  };
  open('curl');
  dialog(t('code'), h('p', {}, t('code.lead')), closed && h('p', { class: 'note' }, t('code.key')), place);
}

/** The SHA-256 of bytes in hexadecimal digits; null where the browser has none: away from TLS and from this machine. */
async function sha256(bytes) {
  if (!crypto.subtle) return null;
  return [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The next whole second of the server: all that was recorded before this was asked for is in the state of then. */
async function secondAfter(place) {
  fill(place, busy());
  const clock = async () => Date.parse((await request('/health/live', { accept: '*/*' })).headers.get('date'));
  const asked = await clock();
  let now = asked;
  while (now === asked) {
    await new Promise((done) => setTimeout(done, TICK));
    now = await clock();
  }
  return new Date(now).toISOString();
}

/** A citation: what, from whom, as of when, where, and the hash of the bytes. Without an instant it takes that of now, on request. */
export function cite(state, data, onchange) {
  const place = h('div', { class: 'stack', 'aria-live': 'polite' });
  const window = dialog(t('cite'), place);
  if (!state.asOf) {
    fill(place, h('p', {}, t('cite.moving')), h('div', {}, button(t('cite.fix'), async () => {
      try {
        const now = await secondAfter(place);
        window.close();
        await onchange({ asOf: now, knownAt: state.knownAt });
        cite({ ...state, asOf: now }, data, onchange);
      } catch (error) {
        fill(place, failure(error));
      }
    }, { class: 'main' })));
    return;
  }
  fill(place, busy());
  const path = observations(state, { format: 'csv' });
  Promise.all([
    request(path, { accept: 'text/csv' }).then((response) => response.arrayBuffer()).then(sha256),
    data.provider ? get(`providers/${data.provider}`).catch(() => null) : null,
  ]).then(([hash, provider]) => {
    const text = [
      `${provider?.name ?? data.provider ?? t('cite.nobody')}: ${data.name} (${data.code}), ${state.key ?? '*'}.`,
      t('cite.state', { instant: state.asOf }),
      whole(path),
      hash && `SHA-256 (CSV): ${hash}`,
      provider?.licence && t('cite.licence', { licence: provider.licence }),
    ].filter(Boolean).join('\n');
    fill(place, h('p', {}, t('cite.lead', { instant: both(state.asOf) })), copied(text, t('cite')),
      !hash && h('p', { class: 'note warn' }, t('cite.nohash')),
      h('p', {}, h('a', { href: addressOf(state) }, t('cite.view'))));
  }, (error) => fill(place, failure(error)));
}

/** A frame for other pages. */
export function embed(state, title) {
  const text = `<iframe src="${whole(addressOf(state, '/embed'))}" title="${title.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}" width="720" height="460" loading="lazy"></iframe>`;
  dialog(t('embed'), h('p', {}, t('embed.lead')), copied(text, t('embed')), h('p', { class: 'small soft' }, t('embed.origins')));
}
