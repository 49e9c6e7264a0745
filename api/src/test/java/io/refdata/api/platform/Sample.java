package io.refdata.api.platform;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.domain.place.Borders;
import io.refdata.domain.place.Position;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * The data of a first look: the synthetic provider {@code DEMO}, plants that stand on land in real
 * countries, and what they generate. All of it is made up, from a fixed seed, and put through the
 * public interface like any other data.
 */
final class Sample {
  private static final long SEED = 20260101;
  private static final int PLANTS = 500;
  private static final YearMonth FIRST = YearMonth.of(2016, 1);
  private static final int MONTHS = 120;
  private static final List<String> FUELS =
      List.of("HYDRO", "GAS", "COAL", "WIND", "SOLAR", "NUCLEAR");

  private record Site(Position place, String country) {}

  private final PlatformClient client;
  private final Random random = new Random(SEED);

  private Sample(PlatformClient client) {
    this.client = client;
  }

  /**
   * Loads the sample into the platform at this address; changes nothing when it is there already.
   */
  static void load(URI platform) throws InterruptedException {
    load(new PlatformClient(platform));
  }

  /** The same by a client that may write reference data and send loads. */
  static void load(PlatformClient client) throws InterruptedException {
    try {
      Sample sample = new Sample(client);
      sample.describe();
      sample.loadPlants();
      sample.loadGeneration();
    } catch (IOException e) {
      throw new StartFailed("The sample could not be loaded: " + e.getMessage(), e);
    }
  }

  private void describe() throws IOException, InterruptedException {
    client.create(
        "providers/DEMO", "{\"name\": \"Synthetic demonstration data\", \"licence\": \"CC0-1.0\"}");
    client.create(
        "indicators/generation",
        """
        {"name": "Electricity generated", "unit": {"code": "GWH"}, "aggregation": "SUM"}
        """);
    client.create(
        "datasets/DEMO_GENERATION",
        """
        {"name": "Generation by plant and month (synthetic)", "provider": "DEMO", "frequency": "M",
         "dimensions": [{"code": "facility", "values": "facilities"},
                        {"code": "indicator", "values": "indicators"}],
         "partitioning": {"interval": "YEAR"}}
        """);
    client.create(
        "layouts/demo-plants",
        """
        {"into": "facilities",
         "properties": {"code": {"column": "code"}, "name": {"column": "name"},
                        "kind": {"constant": "POWER_PLANT"}, "fuel": {"column": "fuel"},
                        "region": {"column": "country"}, "capacityMw": {"column": "mw"},
                        "latitude": {"column": "lat"}, "longitude": {"column": "lon"},
                        "commissioned": {"column": "since"},
                        "organization": {"column": "operator", "match": "name", "create": true}}}
        """);
  }

  private void loadPlants() throws IOException, InterruptedException {
    Map<String, String> countries = new HashMap<>();
    for (JsonNode region : client.get("regions?kind=COUNTRY&limit=1000").get("items")) {
      countries.put(region.get("m49").asText(), region.get("code").asText());
    }
    StringBuilder csv = new StringBuilder("code,name,fuel,country,mw,lat,lon,since,operator\n");
    for (int plant = 1; plant <= PLANTS; plant++) {
      Site site = site(countries);
      csv.append(
          String.format(
              Locale.ROOT,
              "%s,Demo plant %d,%s,%s,%d,%.3f,%.3f,%d,Demo Power %d%n",
              code(plant),
              plant,
              FUELS.get(random.nextInt(FUELS.size())),
              site.country(),
              5 + random.nextInt(1500),
              site.place().latitude(),
              site.place().longitude(),
              1960 + random.nextInt(56),
              1 + random.nextInt(40)));
    }
    load("layout=demo-plants&name=demo-plants.csv", csv);
  }

  /** Somewhere on land, in a country that is a region here, between 55° south and 70° north. */
  private Site site(Map<String, String> countries) {
    while (true) {
      Position place = new Position(latitude(), -180 + random.nextDouble() * 360);
      Borders.Found found = Borders.ofTheWorld().find(place, 0);
      String country = found == null ? null : countries.get(found.territory().number());
      if (country != null) {
        return new Site(place, country);
      }
    }
  }

  /** In degrees, so that each square kilometre is as likely as any other. */
  private double latitude() {
    double south = Math.sin(Math.toRadians(-55));
    double north = Math.sin(Math.toRadians(70));
    return Math.toDegrees(Math.asin(south + random.nextDouble() * (north - south)));
  }

  private void loadGeneration() throws IOException, InterruptedException {
    StringBuilder csv = new StringBuilder("facility,indicator,time,value\n");
    for (int plant = 1; plant <= PLANTS; plant++) {
      double level = 1 + random.nextDouble() * 400;
      for (int month = 0; month < MONTHS; month++) {
        double season = 1 + 0.3 * Math.cos(month * Math.PI / 6);
        csv.append(
            String.format(
                Locale.ROOT,
                "%s,generation,%s,%.3f%n",
                code(plant),
                FIRST.plusMonths(month),
                level * season * (0.9 + random.nextDouble() * 0.2)));
      }
    }
    load("into=datasets/DEMO_GENERATION&name=demo-generation.csv", csv);
  }

  private void load(String parameters, CharSequence csv) throws IOException, InterruptedException {
    JsonNode load = client.load(parameters, BodyPublishers.ofString(csv.toString()));
    if (!load.get("state").asText().equals("COMPLETED")) {
      throw new StartFailed("The sample could not be loaded: " + load.get("message").asText());
    }
  }

  private static String code(int plant) {
    return String.format(Locale.ROOT, "DEMO_%04d", plant);
  }
}
