/**
 * What the collections of reference data consist of, as far as pages need it: what kind of value each property has, which of them are
 * shown in a list and filter it, and which an item cannot do without. The API's description has all of it; it is too long to be read here.
 */
const text = { kind: 'text' };
const long = { kind: 'long' };
const number = { kind: 'number' };
const whole = { kind: 'number', whole: true };
const day = { kind: 'day' };
const year = { kind: 'year' };
const code = (list) => ({ kind: 'code', list });
const item = (collection) => ({ kind: 'item', collection });

export const COLLECTIONS = {
  regions: {
    shown: ['kind', 'parent', 'alpha2', 'm49'], filters: ['kind', 'parent'], within: true, required: ['name', 'kind'],
    properties: {
      kind: code('REGION_KIND'), parent: item('regions'), alpha2: text, m49: text, latitude: number, longitude: number, validFrom: day, validTo: day,
      replacedBy: item('regions'),
    },
  },
  organizations: {
    shown: ['kind', 'region', 'parent', 'status'], filters: ['kind', 'status', 'region', 'parent'], within: true, required: ['name'],
    properties: { lei: text, kind: code('ORGANIZATION_KIND'), region: item('regions'), parent: item('organizations'), status: code('ORGANIZATION_STATUS') },
  },
  facilities: {
    shown: ['kind', 'fuel', 'capacityMw', 'region', 'organization'], filters: ['kind', 'fuel', 'capacityMw', 'region', 'organization'], within: true,
    required: ['name', 'kind', 'region'],
    properties: {
      kind: code('FACILITY_KIND'), fuel: code('FUEL'), capacityMw: number, latitude: number, longitude: number, commissioned: year, retired: year,
      region: item('regions'), organization: item('organizations'), owners: { kind: 'owners', collection: 'organizations' },
    },
  },
  'emission-sources': {
    shown: ['facility', 'scope', 'gas', 'method'], filters: ['gas', 'method', 'scope', 'facility'], required: ['name', 'facility'],
    properties: { facility: item('facilities'), scope: whole, gas: code('GAS'), method: code('METHOD') },
  },
  instruments: {
    shown: ['kind', 'currency', 'unit', 'region'], filters: ['kind', 'currency', 'region', 'unit'], required: ['name'],
    properties: {
      kind: code('INSTRUMENT_KIND'), currency: code('CURRENCY'), unit: item('units'), region: item('regions'), identifiers: { kind: 'map' }, activeFrom: day,
      activeTo: day,
    },
  },
  indicators: {
    shown: ['unit', 'aggregation', 'description'], filters: ['unit', 'aggregation'], required: ['name'],
    properties: { unit: item('units'), aggregation: code('AGGREGATION'), description: long },
  },
  units: { shown: ['symbol', 'dimension', 'ucum'], filters: ['dimension'], required: ['name'], properties: { ucum: text, symbol: text, dimension: text } },
  providers: { shown: ['url', 'licence'], filters: [], required: ['name'], properties: { url: text, licence: text } },
  memberships: {
    shown: ['group', 'member', 'validFrom', 'validTo'], filters: ['group', 'member'], required: ['name', 'group', 'member'],
    properties: { group: item('regions'), member: item('regions'), validFrom: day, validTo: day },
  },
  conversions: {
    shown: ['from', 'to', 'factor', 'context', 'source'], filters: ['from', 'to'], required: ['name', 'from', 'to', 'factor'],
    properties: { from: item('units'), to: item('units'), factor: number, context: { ...text, lists: ['FUEL', 'GAS'] }, validFrom: day, validTo: day, source: text },
  },
  'code-lists': { shown: ['agency', 'version'], filters: [], required: ['name'], properties: { agency: text, version: text } },
};

/** Of the codes of a list. */
const codes = (list) => ({
  shown: ['parent', 'position', 'validFrom', 'validTo'], filters: ['parent'], required: ['name'],
  properties: {
    parent: item(`code-lists/${list}/codes`), position: whole, validFrom: day, validTo: day, replacedBy: item(`code-lists/${list}/codes`),
  },
});

/** The collection at a path of the API, such as facilities or code-lists/FUEL/codes; undefined if there is none. */
export function collectionAt(path) {
  const list = /^code-lists\/([\w@$-]+)\/codes$/.exec(path)?.[1];
  return list ? codes(list) : COLLECTIONS[path];
}

/** The collections whose items may refer to an item of this one: {collection, property}. */
export function referring(path) {
  const list = /^code-lists\/([\w@$-]+)\/codes$/.exec(path)?.[1];
  return Object.entries({ ...COLLECTIONS, ...(list && { [path]: codes(list) }) }).flatMap(([collection, { properties }]) => Object.entries(properties)
    .filter(([, of]) => of.collection === path || (list && (of.list === list || of.lists?.includes(list))))
    .map(([property]) => ({ collection, property })));
}

/** The address of an item in the console. */
export function pageOf(collection, itemCode) {
  return `/reference/${collection}/${encodeURIComponent(itemCode)}`;
}
