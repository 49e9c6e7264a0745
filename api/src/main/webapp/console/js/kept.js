/**
 * What the browser keeps for the page. Where it refuses to, as in a frame of a sandbox or by a setting of its owner, it is known until the page
 * is left.
 */
function kept(storage) {
  const here = new Map();
  const tried = (what, instead) => {
    try {
      return what(storage());
    } catch {
      return instead();
    }
  };
  return {
    get: (name) => here.get(name) ?? tried((place) => place.getItem(name), () => null),
    set: (name, value) => tried((place) => place.setItem(name, value), () => here.set(name, value)),
    remove: (name) => {
      here.delete(name);
      tried((place) => place.removeItem(name), () => {});
    },
  };
}

/** In this browser, for all tabs. */
export const always = kept(() => localStorage);

/** Until the tab is closed. */
export const inTab = kept(() => sessionStorage);
