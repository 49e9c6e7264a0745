import * as session from '../session.js';

/**
 * Whether to offer changes. Roles are in a token, as far as it can be read here; of a key, and of somebody without either, the platform
 * itself says so when a change is sent.
 */
export function mayEdit() {
  try {
    const claims = JSON.parse(atob(session.token().split('.')[1].replaceAll('-', '+').replaceAll('_', '/')));
    const roles = claims.groups ?? claims.roles ?? claims.realm_access?.roles;
    return !Array.isArray(roles) || roles.includes('editor');
  } catch {
    return true;
  }
}
