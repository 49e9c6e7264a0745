/** The only file in a ZIP file, so that its lines can be looked at before it is sent. What is rare in ZIP files is left to the platform. */
const END = 0x06054b50;
const ENTRY = 0x02014b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const MOST_COMMENT = 65_535;
const MOST_DIRECTORY = 1_000_000;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;

async function view(file, from, to) {
  return new DataView(await file.slice(from, to).arrayBuffer());
}

/** {name, stream}, or null if there are several files in it, or none that can be read here. */
export async function onlyFile(file) {
  const entries = (await directory(file))?.filter((one) => !one.name.endsWith('/'));
  if (entries?.length !== 1) return null;
  const [{ name, method, flags, size, at }] = entries;
  if (flags & ENCRYPTED || ![STORED, DEFLATED].includes(method)) return null;
  const local = await view(file, at, at + LOCAL_BYTES);
  if (local.byteLength < LOCAL_BYTES) return null;
  const begin = at + LOCAL_BYTES + local.getUint16(26, true) + local.getUint16(28, true);
  const stream = file.slice(begin, begin + size).stream();
  return { name, stream: method === DEFLATED ? stream.pipeThrough(new DecompressionStream('deflate-raw')) : stream };
}

/** What the directory at the end of the file lists; null if there is none, or a huge one. */
async function directory(file) {
  const tail = await view(file, Math.max(0, file.size - END_BYTES - MOST_COMMENT), file.size);
  let end = tail.byteLength - END_BYTES;
  while (end >= 0 && tail.getUint32(end, true) !== END) end--;
  if (end < 0) return null;
  const [count, bytes, from] = [tail.getUint16(end + 10, true), tail.getUint32(end + 12, true), tail.getUint32(end + 16, true)];
  if (bytes > MOST_DIRECTORY || from + bytes > file.size) return null;
  const list = await view(file, from, from + bytes);
  const names = new TextDecoder();
  const entries = [];
  for (let i = 0, at = 0; i < count && at + ENTRY_BYTES <= bytes && list.getUint32(at, true) === ENTRY; i++) {
    const name = list.getUint16(at + 28, true);
    entries.push({
      name: names.decode(new Uint8Array(list.buffer, at + ENTRY_BYTES, name)), flags: list.getUint16(at + 8, true), method: list.getUint16(at + 10, true),
      size: list.getUint32(at + 20, true), at: list.getUint32(at + 42, true),
    });
    at += ENTRY_BYTES + name + list.getUint16(at + 30, true) + list.getUint16(at + 32, true);
  }
  return entries;
}
