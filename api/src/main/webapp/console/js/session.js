import { ApiProblem } from './api.js';
import { inTab } from './kept.js';

/**
 * Who uses the page: a token or a key of the platform, kept until this tab is closed, and what it may do. The API does not tell the
 * roles of a caller, so three cheap addresses are asked once, when somebody signs in.
 */
const TOKEN = 'refdata.token';
const MAY = 'refdata.may';

/** What may be read: an address of each kind that everybody with the right may ask cheaply. */
const PROBES = { read: '/api/v1/datasets?limit=1', loads: '/api/v1/loads?limit=1', operate: '/api/v1/database/caches' };

export function token() {
  return inTab.get(TOKEN);
}

/** Whether what is shown under a name may be used, as far as that is known. Without a token nobody is an operator. */
export function may(what) {
  if (!token()) return what !== 'operate';
  return JSON.parse(inTab.get(MAY) ?? '{}')[what] ?? true;
}

/** What a token says, for people; it proves nothing. Null for a key. */
export function claims() {
  try {
    const bytes = Uint8Array.from(atob(token().split('.')[1].replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

/** The name in a token; null for a key. */
export function name() {
  const said = claims();
  return said?.preferred_username ?? said?.name ?? said?.sub ?? null;
}

/** Tries a token, and keeps it if the platform knows it. */
export async function signIn(text) {
  const credential = text.trim();
  const found = {};
  for (const [what, address] of Object.entries(PROBES)) {
    const response = await fetch(address, { headers: { authorization: `Bearer ${credential}` }, cache: 'no-store', credentials: 'omit' });
    if (response.status === 401 || response.status === 400 || response.status === 503) {
      throw await ApiProblem.of(response);
    }
    found[what] = response.status !== 403;
    await response.body?.cancel();
  }
  inTab.set(TOKEN, credential);
  inTab.set(MAY, JSON.stringify(found));
}

export function signOut() {
  inTab.remove(TOKEN);
  inTab.remove(MAY);
}
