/** Values as a request has them: of other items the codes; in a merge patch of a map, null for each key that is gone. */
export function asSent(of, values, before = null) {
  return Object.fromEntries(Object.entries(values).map(([property, value]) => [property, one(of[property], value, before?.[property])]));
}

function one(of, value, before) {
  if (of?.kind === 'map') {
    const gone = Object.fromEntries(Object.keys(before ?? {}).filter((key) => !(key in (value ?? {}))).map((key) => [key, null]));
    return value === null || value === undefined ? null : { ...gone, ...value };
  }
  if (value === null || value === undefined || value === '') return null;
  if (of?.kind === 'item') return { code: value.code ?? value };
  if (of?.kind === 'owners') return value.map((owner) => ({ organization: { code: owner.organization.code ?? owner.organization }, share: owner.share }));
  return value;
}
