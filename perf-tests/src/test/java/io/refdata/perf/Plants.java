package io.refdata.perf;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformClient;
import java.net.http.HttpRequest.BodyPublishers;

/** Loads a number of plants with operators and emission sources. */
final class Plants {
  private static final String[] COUNTRIES = {
    "FRA", "DEU", "ITA", "ESP", "NOR", "USA", "BRA", "IND"
  };
  private static final String[] FUELS = {"HYDRO", "GAS", "COAL", "WIND", "SOLAR", "NUCLEAR"};

  private Plants() {}

  static void load(PlatformClient client, int plants) throws Exception {
    client.create(
        "layouts/perf-plants",
        """
        {"into": "facilities", "properties": {"code": {"column": "code"}, "name": {"column": "name"},
         "kind": {"constant": "POWER_PLANT"}, "fuel": {"column": "fuel"}, "region": {"column": "country"},
         "capacityMw": {"column": "mw"}, "latitude": {"column": "lat"}, "longitude": {"column": "lon"},
         "organization": {"column": "operator", "match": "name", "create": true}}}
        """);
    client.create(
        "layouts/perf-sources",
        """
        {"into": "emission-sources", "properties": {"code": {"column": "code"}, "name": {"column": "code"},
         "facility": {"column": "facility"}, "scope": {"constant": "1"}, "gas": {"constant": "CO2"}}}
        """);
    StringBuilder rows = new StringBuilder("code,name,fuel,country,mw,lat,lon,operator\n");
    StringBuilder sources = new StringBuilder("code,facility\n");
    for (int i = 0; i < plants; i++) {
      rows.append(
          "PLANT_%d,Plant number %d,%s,%s,%d,%.2f,%.2f,Operator %d%n"
              .formatted(
                  i,
                  i,
                  FUELS[i % FUELS.length],
                  COUNTRIES[i % COUNTRIES.length],
                  i % 1000,
                  i % 180 - 90 + 0.25,
                  i % 360 - 180 + 0.75,
                  i % 1000));
      sources.append("PLANT_%d_1,PLANT_%1$d\nPLANT_%1$d_2,PLANT_%1$d\n".formatted(i));
    }
    load(client, "perf-plants", rows);
    load(client, "perf-sources", sources);
  }

  private static void load(PlatformClient client, String layout, CharSequence csv)
      throws Exception {
    JsonNode load = client.load("layout=" + layout, BodyPublishers.ofString(csv.toString()));
    if (!load.get("state").asText().equals("COMPLETED")) {
      throw new IllegalStateException(load.toString());
    }
  }
}
