package io.refdata.api.openapi;

import io.refdata.domain.item.ItemType;
import java.util.Map;

/** Examples of items and of problems. */
final class Examples {
  /** The beginning of each example of an item. */
  private static final String CODE = "{\"code\": \"";

  private static final Map<String, String> ITEMS =
      Map.ofEntries(
          Map.entry(
              "regions",
              """
              {"code": "FRA", "name": "France", "kind": "COUNTRY",
               "parent": {"code": "M49-155", "name": "Western Europe"}, "alpha2": "FR", "m49": "250",
               "latitude": null, "longitude": null, "validFrom": null, "validTo": null, "replacedBy": null}
              """),
          Map.entry(
              "organizations",
              """
              {"code": "EDF", "name": "Électricité de France", "lei": "549300X3UK4GG3FNMO06", "kind": "COMPANY",
               "region": {"code": "FRA", "name": "France"}, "parent": null, "status": "ACTIVE"}
              """),
          Map.entry(
              "facilities",
              """
              {"code": "GEODB0002154", "name": "Argentat Hydroelectric Generating Station", "kind": "POWER_PLANT",
               "fuel": "HYDRO", "capacityMw": 47.5, "latitude": 45.1, "longitude": 1.9, "commissioned": "1957",
               "retired": null, "region": {"code": "FRA", "name": "France"},
               "organization": {"code": "EDF", "name": "Électricité de France"}}
              """),
          Map.entry(
              "emission-sources",
              """
              {"code": "CORDEMAIS_4", "name": "Cordemais unit 4",
               "facility": {"code": "CORDEMAIS", "name": "Cordemais"}, "scope": 1, "gas": "CO2", "method": "TIER_3"}
              """),
          Map.entry(
              "instruments",
              """
              {"code": "BRENT", "name": "Brent crude oil, spot", "kind": "OIL", "currency": "USD",
               "unit": {"code": "BBL", "name": "Barrel of oil"}, "region": null, "identifiers": {"FIGI": "BBG000HXJB21"},
               "activeFrom": "1987-05-20", "activeTo": null}
              """),
          Map.entry(
              "indicators",
              """
              {"code": "co2", "name": "Annual emissions of carbon dioxide",
               "unit": {"code": "MT", "name": "Megatonne"}, "aggregation": "SUM", "description": null}
              """),
          Map.entry(
              "units",
              """
              {"code": "GWH", "name": "Gigawatt hour", "ucum": "GW.h", "symbol": "GWh", "dimension": "ENERGY"}
              """),
          Map.entry(
              "providers",
              """
              {"code": "OWID", "name": "Our World in Data", "url": "https://ourworldindata.org", "licence": "CC-BY-4.0"}
              """),
          Map.entry(
              "code-lists",
              """
              {"code": "FUEL", "name": "Fuels and other sources of energy", "agency": "REFDATA", "version": "1.0"}
              """),
          Map.entry(
              "codes",
              """
              {"code": "HYDRO", "name": "Hydropower", "parent": null, "position": 1, "validFrom": null,
               "validTo": null, "replacedBy": null}
              """),
          Map.entry(
              "memberships",
              """
              {"code": "EU-GBR", "name": "United Kingdom in the European Union",
               "group": {"code": "EU", "name": "European Union"}, "member": {"code": "GBR", "name": "United Kingdom"},
               "validFrom": "1973-01-01", "validTo": "2020-01-31"}
              """),
          Map.entry(
              "conversions",
              """
              {"code": "NCV-OIL", "name": "Net calorific value of crude oil", "from": {"code": "T", "name": "Tonne"},
               "to": {"code": "GJ", "name": "Gigajoule"}, "factor": 42.3, "context": "OIL", "validFrom": null,
               "validTo": null, "source": "IPCC 2006, volume 2, table 1.2"}
              """));

  private Examples() {}

  static String item(ItemType<?> type) {
    String example = ITEMS.get(type.collection());
    if (example == null) {
      throw new IllegalStateException("No example of " + type);
    }
    return example;
  }

  static String code(ItemType<?> type) {
    String example = item(type);
    return example.substring(CODE.length(), example.indexOf('"', CODE.length()));
  }

  static String problem(String slug, String title, int status) {
    return """
    {"type": "/problems/%s", "title": "%s", "status": %d, "detail": "What is wrong, in a sentence.",
     "instance": "/api/v1/facilities"}
    """
        .formatted(slug, title, status);
  }
}
