package io.refdata.batch.proposal;

import io.refdata.batch.proposal.sample.Column;
import java.util.List;
import java.util.Map;

/** The names that publishers give the properties of items, without accents, capitals and signs. */
final class Synonyms {
  private static final Map<String, List<String>> NAMES =
      Map.ofEntries(
          Map.entry(
              "code",
              List.of(
                  "code",
                  "id",
                  "identifier",
                  "key",
                  "alpha3",
                  "iso3",
                  "isocode",
                  "isoalpha3",
                  "iso31661alpha3",
                  "countrycodeiso3",
                  "alphabeticcode",
                  "symbol",
                  "ticker",
                  "actsymbol",
                  "gppdidnr",
                  "lei",
                  "number",
                  "lopenummer",
                  "uuid")),
          Map.entry(
              "name",
              List.of(
                  "name",
                  "title",
                  "label",
                  "longname",
                  "fullname",
                  "displayname",
                  "officialname",
                  "securityname",
                  "bezeichnung",
                  "navn",
                  "nom",
                  "nombre",
                  "naam",
                  "nazwa",
                  "nome")),
          Map.entry("kind", List.of("kind", "type", "category", "sector")),
          Map.entry(
              "fuel",
              List.of(
                  "fuel",
                  "primaryfuel",
                  "fueltype",
                  "energysource",
                  "basicfuel",
                  "mainfuel",
                  "energietrager",
                  "technology")),
          Map.entry(
              "capacityMw",
              List.of(
                  "capacitymw",
                  "capacity",
                  "installedcapacitymw",
                  "installedcapacity",
                  "availablecapacitymw",
                  "netcapacity",
                  "maksytelsemw",
                  "ytelse",
                  "leistung",
                  "puissance",
                  "mw")),
          Map.entry("latitude", List.of("latitude", "lat", "y", "breitengrad")),
          Map.entry("longitude", List.of("longitude", "lon", "lng", "long", "x", "langengrad")),
          Map.entry(
              "commissioned",
              List.of(
                  "commissioned",
                  "commissioningyear",
                  "commissioningdate",
                  "yearofcommission",
                  "startyear",
                  "startdate",
                  "yearbuilt",
                  "inbetriebnahme",
                  "datoforeldstekraftproduserendedel",
                  "eldste")),
          Map.entry(
              "retired",
              List.of(
                  "retired",
                  "retirementyear",
                  "decommissioned",
                  "decommissioningyear",
                  "closed",
                  "closureyear",
                  "shutdown")),
          Map.entry(
              "region",
              List.of(
                  "region",
                  "country",
                  "countrycode",
                  "iso3",
                  "isocode",
                  "land",
                  "pays",
                  "pais",
                  "countryname",
                  "countrylong")),
          Map.entry(
              "organization",
              List.of(
                  "organization",
                  "organisation",
                  "operator",
                  "owner",
                  "company",
                  "companyname",
                  "utility",
                  "manufacturername",
                  "manufacturer",
                  "hovedeier",
                  "betreiber",
                  "eigentumer")),
          Map.entry("parent", List.of("parent", "parentcode", "parentid", "parentregion")),
          Map.entry(
              "alpha2",
              List.of("alpha2", "iso2", "isoalpha2", "iso31661alpha2", "countrycodeiso2")),
          Map.entry(
              "m49",
              List.of(
                  "m49", "countrycode", "iso31661numeric", "isonumeric", "numericcode", "unm49")),
          Map.entry("validFrom", List.of("validfrom", "startdate", "from")),
          Map.entry("validTo", List.of("validto", "enddate", "to", "withdrawaldate")),
          Map.entry("activeFrom", List.of("activefrom", "listingdate", "firsttraded")),
          Map.entry("activeTo", List.of("activeto", "delistingdate", "lasttraded", "expiry")),
          Map.entry("currency", List.of("currency", "currencycode", "isocurrency")),
          Map.entry("unit", List.of("unit", "units", "unitcode", "uom")),
          Map.entry("lei", List.of("lei", "leicode")),
          Map.entry(
              "facility",
              List.of("facility", "facilitycode", "facilityid", "plant", "plantcode", "plantid")),
          Map.entry("gas", List.of("gas", "pollutant", "ghg")),
          Map.entry("url", List.of("url", "website", "homepage", "link")),
          Map.entry("licence", List.of("licence", "license")),
          Map.entry("position", List.of("position", "order", "sortorder", "rank")),
          Map.entry("description", List.of("description", "definition", "remark")));

  /** Properties whose columns are known by a part of the name, too. */
  private static final List<String> PARTS =
      List.of(
          "capacityMw",
          "commissioned",
          "fuel",
          "organization",
          "latitude",
          "longitude",
          "region",
          "retired",
          "alpha2");

  private static final int SHORTEST_PART = 4;

  private Synonyms() {}

  /** The degree to which a column's name fits a property: 1 at best, 0 if not at all. */
  static double fit(String property, Column column) {
    String plain = column.plainName();
    if (plain.isEmpty()) {
      return 0;
    } else if (plain.equals(Column.plain(property))) {
      return 1;
    }
    List<String> names = NAMES.getOrDefault(property, List.of());
    int index = names.indexOf(plain);
    if (index >= 0) {
      return 0.95 - 0.01 * index;
    }
    boolean part =
        PARTS.contains(property)
            && names.stream()
                .anyMatch(name -> name.length() >= SHORTEST_PART && plain.contains(name));
    return part ? 0.5 - 0.001 * plain.length() : 0;
  }
}
