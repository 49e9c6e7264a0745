package io.refdata.api.openapi;

import io.refdata.domain.item.ItemType;
import java.util.Map;

/** Examples of requests and responses. */
final class Examples {
  /** The beginning of each example of an item. */
  private static final String CODE = "{\"code\": \"";

  private static final Map<String, String> ITEMS =
      Map.of(
          "regions",
          """
          {"code": "FRA", "name": "France", "kind": "COUNTRY",
           "parent": {"code": "M49-155", "name": "Western Europe"}, "alpha2": "FR", "m49": "250",
           "latitude": null, "longitude": null, "validFrom": null, "validTo": null, "replacedBy": null}
          """,
          "organizations",
          """
          {"code": "EDF", "name": "Électricité de France", "lei": "549300X3UK4GG3FNMO06", "kind": "COMPANY",
           "region": {"code": "FRA", "name": "France"}, "parent": null, "status": "ACTIVE"}
          """,
          "facilities",
          """
          {"code": "GEODB0002154", "name": "Argentat Hydroelectric Generating Station", "kind": "POWER_PLANT",
           "fuel": "HYDRO", "capacityMw": 47.5, "latitude": 45.1, "longitude": 1.9, "commissioned": "1957",
           "retired": null, "region": {"code": "FRA", "name": "France"},
           "organization": {"code": "EDF", "name": "Électricité de France"}}
          """,
          "emission-sources",
          """
          {"code": "CORDEMAIS_4", "name": "Cordemais unit 4",
           "facility": {"code": "CORDEMAIS", "name": "Cordemais"}, "scope": 1, "gas": "CO2", "method": "TIER_3"}
          """,
          "instruments",
          """
          {"code": "BRENT", "name": "Brent crude oil, spot", "kind": "OIL", "currency": "USD",
           "unit": {"code": "BBL", "name": "Barrel of oil"}, "region": null, "identifiers": {"FIGI": "BBG000HXJB21"},
           "activeFrom": "1987-05-20", "activeTo": null}
          """,
          "indicators",
          """
          {"code": "co2", "name": "Annual emissions of carbon dioxide",
           "unit": {"code": "MT", "name": "Megatonne"}, "aggregation": "SUM", "description": null}
          """,
          "units",
          """
          {"code": "GWH", "name": "Gigawatt hour", "ucum": "GW.h", "symbol": "GWh", "dimension": "ENERGY"}
          """,
          "providers",
          """
          {"code": "OWID", "name": "Our World in Data", "url": "https://ourworldindata.org", "licence": "CC-BY-4.0"}
          """,
          "code-lists",
          """
          {"code": "FUEL", "name": "Fuels and other sources of energy", "agency": "REFDATA", "version": "1.0"}
          """,
          "codes",
          """
          {"code": "HYDRO", "name": "Hydropower", "parent": null, "position": 1, "validFrom": null,
           "validTo": null, "replacedBy": null}
          """);

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

  static String dataset() {
    return """
    {"code": "CO2", "name": "CO2 and energy by country", "provider": "OWID", "frequency": "A", "unit": null,
     "dimensions": [{"code": "region", "values": "regions"}, {"code": "indicator", "values": "indicators"}],
     "partitioning": {"interval": "DECADE", "premake": 1, "retention": null, "onExpiry": "DETACH"},
     "freshness": {"warnAfter": "P40D", "failAfter": "P400D"}, "unknownCodes": "REJECT"}
    """;
  }

  static String observations() {
    return """
    {"series": [{"key": "FRA.co2", "dimensions": {"region": "FRA", "indicator": "co2"}, "unit": "MT",
                 "time": ["2017", "2018"], "value": [346.533, 337.913], "status": ["A", "A"]}], "next": null}
    """;
  }

  static String series() {
    return """
    {"items": [{"key": "FRA.co2", "dimensions": {"region": "FRA", "indicator": "co2"}, "unit": "MT",
                "first": "1802", "last": "2018", "count": 211}], "next": null}
    """;
  }

  static String layout() {
    return """
    {"into": "datasets/CO2", "time": {"column": "year", "pattern": "yyyy"},
     "dimensions": {"region": {"column": "iso_code"}, "indicator": {"header": true}},
     "values": {"exclude": ["country"]}}
    """;
  }

  static String load() {
    return """
    {"id": 7, "layout": "co2", "into": "datasets/CO2", "mode": "UPSERT", "state": "COMPLETED",
     "file": {"name": "co2.csv", "bytes": 3429078, "sha256": "b2bcbd313ffa92992fa41d4ba881772442bcbb85dd822e76327e619566d0b411"},
     "rows": {"read": 414315, "inserted": 377123, "revised": 0, "unchanged": 0, "deleted": 0, "rejected": 37192},
     "progress": 1.0, "rowsPerSecond": 163705, "steps": [{"name": "stage", "seconds": 0.852, "rows": 414315}],
     "receivedAt": "2026-11-20T16:30:22.818987Z", "startedAt": "2026-11-20T16:30:22.839406Z",
     "recordedAt": "2026-11-20T16:30:25.371028Z", "finishedAt": "2026-11-20T16:30:25.370274Z", "message": null}
    """;
  }

  static String history() {
    return """
    {"items": [{"revision": 42, "at": "2026-11-20T16:30:25.371028Z", "by": "steward", "reason": "measured anew",
                "load": null, "operation": "UPDATED",
                "changes": [{"property": "capacityMw", "from": 47.5, "to": 48.0}]}], "next": null}
    """;
  }

  static String problem(String slug, String title, int status) {
    return """
    {"type": "/problems/%s", "title": "%s", "status": %d, "detail": "What is wrong, in a sentence.",
     "instance": "/api/v1/facilities"}
    """
        .formatted(slug, title, status);
  }
}
