/** Makes elements. Texts are set as texts, never as markup; listeners are attributes that begin with "on". */

const SVG = 'http://www.w3.org/2000/svg';

/** An element with attributes and children; null, undefined and false are left out. */
export function h(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same of SVG. */
export function s(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'value' || name === 'checked' || name === 'disabled' || name === 'selected' || name === 'multiple') element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...flat(children));
  return element;
}

function flat(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

/** Puts these children in place of all that an element has. */
export function fill(element, ...children) {
  element.replaceChildren(...flat(children));
  return element;
}

/** Draws a part of the page anew; what had the focus has it still, by its place among what can have it. */
export function redrawn(element, ...children) {
  const all = () => [...element.querySelectorAll('a[href],button,input,select,textarea,summary,[tabindex]')];
  const before = all().indexOf(document.activeElement);
  fill(element, ...children);
  if (before >= 0) {
    const now = all();
    const same = now[Math.min(before, now.length - 1)];
    (same?.disabled ? now.find((one) => !one.disabled) : same)?.focus({ preventScroll: true });
  }
  return element;
}

let lastId = 0;

/** An id that no element has yet. */
export function newId(prefix = 'id') {
  return `${prefix}-${++lastId}`;
}

/** Says something to those who do not see the page change. */
export function announce(text) {
  const region = document.getElementById('announcements');
  if (region) {
    region.textContent = '';
    setTimeout(() => (region.textContent = text), 50);
  }
}

/** The colour that a variable of the style sheet has now, as a canvas can use it. */
export function colour(variable) {
  const probe = h('span');
  probe.style.color = `var(${variable})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

const scripts = new Map();

/** Loads a classic script of a library once. */
export function script(path) {
  if (!scripts.has(path)) {
    scripts.set(path, new Promise((done, failed) => {
      document.head.append(h('script', { src: path, onload: done, onerror: () => failed(new Error(path)) }));
    }));
  }
  return scripts.get(path);
}

const styles = new Map();

/** Loads a style sheet once; who waits for it sees nothing jump. Without it the page is plain, but it works. */
export function style(path) {
  if (!styles.has(path)) {
    styles.set(path, new Promise((done) => {
      document.head.append(h('link', { rel: 'stylesheet', href: path, onload: done, onerror: done }));
    }));
  }
  return styles.get(path);
}

/** Gives the browser a file to store. */
export function store(name, blob) {
  const address = URL.createObjectURL(blob);
  const link = h('a', { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
