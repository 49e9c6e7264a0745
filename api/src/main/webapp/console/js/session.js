import { ApiProblem } from './api.js';
import { inTab } from './kept.js';

/**
 * Who uses the page: a token or a key of the platform, kept until this tab is closed, or nobody; and what the platform takes that one for. What
 * the roles do not allow is not offered. Where the platform cannot be asked, all is offered, and it says itself what it refuses.
 */
const TOKEN = 'refdata.token';
const ME = '/api/v1/access/me';
const ROLES = ['reader', 'editor', 'loader', 'operator'];
const REFUSED = [400, 401, 403];

let me = null;
let ended = false;

export function token() {
  return inTab.get(TOKEN);
}

async function ask(credential) {
  const response = await fetch(ME, { headers: credential ? { authorization: `Bearer ${credential}` } : {}, cache: 'no-store', credentials: 'omit' });
  if (!response.ok) throw await ApiProblem.of(response);
  return response.json();
}

/** Asks what the reader is taken for, once a page. A token that has ended is forgotten. */
export async function learn() {
  try {
    me = await ask(token());
  } catch (error) {
    if (!REFUSED.includes(error.status)) return;
    me = { name: null, roles: [], until: null };
    if (token() && error.status !== 403) {
      ended = true;
      inTab.remove(TOKEN);
      await learn();
    }
  }
}

/** Whether a token was forgotten, since the platform accepts it no more. */
export function hasEnded() {
  return ended;
}

/** Whether one of the reader's roles is among these. */
export function may(...roles) {
  return me === null || roles.some((role) => me.roles.includes(role));
}

/** Whether data may be read: without a token public data may be, whoever asks. */
export function mayRead() {
  return !token() || may('reader');
}

/** Whether a token or another one might allow more. */
export function couldDoMore() {
  return me !== null && ROLES.some((role) => !me.roles.includes(role));
}

/** {name, roles, until}; the name is null if it is not known. */
export function known() {
  return me ?? { name: null, roles: [], until: null };
}

/** Tries a token, and keeps it if the platform knows it and lets it do something. */
export async function signIn(text) {
  const credential = text.trim();
  await ask(credential);
  ended = false;
  inTab.set(TOKEN, credential);
}

export function signOut() {
  inTab.remove(TOKEN);
}
