import { onlyFile } from './zip.js';

/** A file that a reader has chosen, as a load takes it. */
const PROPOSAL_BYTES = 65_536;
const TRIAL_LINES = 1_000;
const TRIAL_BYTES = 16_000_000;
const NEWLINE = 10;

const TYPES = [[/\.gz$/i, 'application/gzip'], [/\.zip$/i, 'application/zip'], [/\.(ndjson|jsonl)$/i, 'application/x-ndjson'], [/\.(tsv|tab)$/i, 'text/tab-separated-values']];

export function typeOf(file) {
  return TYPES.find(([name]) => name.test(file.name))?.[1] ?? 'text/csv';
}

export function isWorkbook(file) {
  return /\.(xls[xmb]?|ods|numbers)$/i.test(file.name);
}

/** {type, stream}: what it is once it is unpacked; null if that cannot be seen here. */
async function unpacked(file) {
  if (typeOf(file) === 'application/gzip') return { type: typeOf({ name: file.name.replace(/\.gz$/i, '') }), stream: file.stream().pipeThrough(new DecompressionStream('gzip')) };
  if (typeOf(file) !== 'application/zip') return { type: typeOf(file), stream: file.stream() };
  const only = await onlyFile(file);
  return only && { type: typeOf(only), stream: only.stream };
}

/** The first bytes of a stream. */
async function beginning(stream, most, enough = () => false) {
  const reader = stream.getReader();
  const parts = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { blob: new Blob(parts), whole: true };
    parts.push(value);
    size += value.length;
    if (size >= most || enough(value)) {
      await reader.cancel();
      return { blob: new Blob(parts).slice(0, most), whole: false };
    }
  }
}

/** What a proposal is made from: {blob, type}; null if its lines cannot be seen here. */
export async function forProposal(file) {
  const content = await unpacked(file);
  return content && { blob: (await beginning(content.stream, PROPOSAL_BYTES)).blob, type: content.type };
}

/** Its first thousand lines, and whether that is all of it: {blob, type, whole}. All of it if its lines cannot be seen here. */
export async function forTrial(file) {
  const content = await unpacked(file);
  return content ? { ...await thousand(content.stream), type: content.type } : { blob: file, whole: true, type: typeOf(file) };
}

async function thousand(stream) {
  let lines = 0;
  const { blob, whole } = await beginning(stream, TRIAL_BYTES, (chunk) => {
    for (const byte of chunk) if (byte === NEWLINE) lines++;
    return lines > TRIAL_LINES;
  });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let found = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === NEWLINE && ++found > TRIAL_LINES) return { blob: blob.slice(0, i + 1), whole: false };
  }
  if (whole) return { blob, whole };
  const last = bytes.lastIndexOf(NEWLINE);
  return { blob: last < 0 ? blob : blob.slice(0, last + 1), whole };
}

/** Its first lines as a text; an unknown character set shows as UTF-8. */
export async function firstLines(blob, count, encoding = 'utf-8') {
  let decoder;
  try {
    decoder = new TextDecoder(encoding);
  } catch {
    decoder = new TextDecoder();
  }
  return decoder.decode(await blob.arrayBuffer()).split(/\r\n|\n|\r/).slice(0, count).map((line) => (line.length > 400 ? `${line.slice(0, 400)}…` : line)).join('\n');
}

/** A name for the layout of a file: its own, without what changes from one edition to the next. */
export function layoutName(file) {
  return file.name.replace(/(\.\w{1,7})+$/, '').replace(/[-_ ]?\d{4}([-_]?\d{2}){0,2}$/, '').normalize('NFD').replace(/[^\w@$-]+/g, '-').slice(0, 60) || 'layout';
}
