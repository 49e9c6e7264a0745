package io.refdata.api.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Questions for every GET of the description: short and long, plain and with all that it can. */
final class Questions {
  private static final String RECOMMENDATION = "0123456789abcdef";
  private static final String RUN = "00000000-0000-7000-8000-00000000b000";

  private static final String ANOMALY = "900000001";
  private static final String SILENCE = "019a8f2e-7c11-7b3a-9a56-0c1f5d2e3b47";

  private static final JsonMapper JSON = new JsonMapper();

  /** The codes in place of the variables of a path, by the collection before them. */
  private static final Map<String, String> CODES =
      Map.ofEntries(
          Map.entry("regions", "DEU"),
          Map.entry("organizations", "B_OWNER"),
          Map.entry("facilities", "B_1"),
          Map.entry("emission-sources", "B_1_SOURCE"),
          Map.entry("instruments", "B_GAS"),
          Map.entry("indicators", "B_INDICATOR"),
          Map.entry("memberships", "B_MEMBERSHIP"),
          Map.entry("conversions", "B_CONVERSION"),
          Map.entry("units", "MWH"),
          Map.entry("providers", "B_PROVIDER"),
          Map.entry("code-lists", "FUEL"),
          Map.entry("datasets", "BUDGET"),
          Map.entry("feature-sets", "forecasting"),
          Map.entry("signals", "B_SIGNAL"),
          Map.entry("pipelines", "budget"),
          Map.entry("queries", "StatementSamples.write"));

  private static String export = "";

  private Questions() {}

  /**
   * One of them.
   *
   * @param path with its parameters
   * @param budget the statements that its operation may take, by its description
   */
  record Question(String path, JsonNode budget) {}

  /** Makes what the questions are about. */
  static void fill() throws Exception {
    recommend();
    measure();
    PlatformClient client = PlatformForTests.client();
    client.create("organizations/B_OWNER", "{\"name\": \"Owner\"}");
    client.create("providers/B_PROVIDER", "{\"name\": \"Provider\"}");
    client.create(
        "indicators/B_INDICATOR", "{\"name\": \"Indicator\", \"unit\": {\"code\": \"MWH\"}}");
    client.create("instruments/B_GAS", "{\"name\": \"Gas\", \"kind\": \"GAS\"}");
    client.create(
        "memberships/B_MEMBERSHIP",
        "{\"name\": \"Membership\", \"group\": {\"code\": \"M49-150\"}, \"member\": {\"code\":"
            + " \"DEU\"}, \"validFrom\": \"2000-01-01\"}");
    client.create(
        "conversions/B_CONVERSION",
        "{\"name\": \"Conversion\", \"from\": {\"code\": \"T\"}, \"to\": {\"code\": \"GJ\"},"
            + " \"factor\": 2}");
    for (int i = 1; i <= 60; i++) {
      client.create(
          "facilities/B_" + i,
          """
          {"name": "Plant", "kind": "POWER_PLANT", "region": {"code": "DEU"}, "organization": {"code": "B_OWNER"},
           "owners": [{"organization": {"code": "B_OWNER"}, "share": 1}]}
          """);
      client.create(
          "emission-sources/B_%d_SOURCE".formatted(i),
          "{\"name\": \"Stack\", \"facility\": {\"code\": \"B_%d\"}, \"scope\": 1, \"gas\": \"CO2\"}"
              .formatted(i));
    }
    client.create(
        "datasets/BUDGET",
        """
        {"name": "Budget", "provider": "B_PROVIDER", "frequency": "A",
         "dimensions": [{"code": "facility", "values": "facilities"}, {"code": "indicator", "values": "indicators"}],
         "partitioning": {"interval": "DECADE"}}
        """);
    StringBuilder csv = new StringBuilder("facility,indicator,time,value\n");
    for (int i = 1; i <= 60; i++) {
      for (int year = 1990; year < 2020; year++) {
        csv.append("B_%d,B_INDICATOR,%d,%d%n".formatted(i, year, i * year));
      }
    }
    JsonNode load = client.load("into=datasets/BUDGET", BodyPublishers.ofString(csv.toString()));
    assertThat(load.get("state").textValue()).as(load.toString()).isEqualTo("COMPLETED");
    features(client);
    client.create(
        "layouts/budget",
        "{\"into\": \"organizations\", \"properties\": {\"code\": {\"column\": \"code\"}}}");
    client.create(
        "monitoring/slas/budget",
        "{\"kind\": \"FRESHNESS\", \"dataset\": \"BUDGET\", \"objective\": 0.9, \"window\":"
            + " \"P1D\"}");
    client.dataset("BUDGET_MONTHLY", "M", "DECADE", "facility=facilities");
    client.create("datasets/BUDGET_MONTHLY/rollups/budget", "{\"frequency\": \"A\"}");
    find(load.get("id").longValue());
    export = export(client);
    signal(client);
    silence();
    key();
  }

  /**
   * Feature sets of the names that have addresses of their own, those over datasets of 20 features.
   */
  private static void features(PlatformClient client) throws Exception {
    StringBuilder features = new StringBuilder("{\"calendar\": \"year\"}, {\"static\": \"kind\"}");
    for (int i = 0; i < 18; i++) {
      features.append(", {\"lag\": %d, \"indicator\": \"B_INDICATOR\"}".formatted(i));
    }
    client.create(
        "feature-sets/geo-enrichment", "{\"kind\": \"GEO_ENRICHMENT\", \"radiusKm\": 50}");
    for (String code : List.of("forecasting", "clustering")) {
      boolean forecasting = code.equals("forecasting");
      client.create(
          "feature-sets/" + code,
          """
          {"kind": "%s", "dataset": "BUDGET", "entity": "facility", "features": [%s]%s}
          """
              .formatted(
                  forecasting ? "FORECASTING" : "CLUSTERING",
                  features,
                  forecasting ? ", \"target\": {\"indicator\": \"B_INDICATOR\"}" : ""));
    }
  }

  /** A key that nobody has. */
  private static void key() throws SQLException {
    try (Connection connection = PlatformForTests.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into ref.api_key (name, prefix, hash, roles, expires_at, created_by)
          values ('budget', 'nobodyit', sha256('budget'), '{READER}', now() + interval '1 day', 'test')
              on conflict do nothing
          """);
    }
  }

  /** A silence of a dataset that is never stale. */
  private static void silence() throws SQLException {
    try (Connection connection = PlatformForTests.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into performance_monitoring.alert_silence (id, until, author, reason, matchers)
          values ('%s', now() + interval '1 day', 'test', 'It is asked for', '{"dataset": "BUDGET"}')
              on conflict do nothing
          """
              .formatted(SILENCE));
    }
  }

  /** A recommendation that no task takes away: it was undone. */
  private static void recommend() throws SQLException {
    try (Connection connection = PlatformForTests.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into performance_monitoring.index_recommendation
                 (id, kind, state, table_name, index_name, form, ddl, reason, cost_before, cost_after, bytes, rows_per_day,
                  write_share, statements)
          values ('%s', 'MISSING', 'UNDONE', 'ref.unit', 'unit_symbol', 'USING btree (symbol)', '', '', 2, 1, 8192, 0, 0, '[]')
              on conflict do nothing
          """
              .formatted(RECOMMENDATION));
    }
  }

  /** A run of the performance tests that has ended. */
  private static void measure() throws SQLException {
    try (Connection connection = PlatformForTests.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into performance_monitoring.performance_run (id, targets, state, ended_at, asked_by, verdict, tests)
          values ('%s', 1, 'ENDED', now(), 'CALL', 'NO_DATA', '{cache-hits}')
              on conflict do nothing
          """
              .formatted(RUN));
    }
  }

  /** An anomaly that no task takes away: its value is the one that is stored. */
  private static void find(long load) throws SQLException {
    try (Connection connection = PlatformForTests.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into performance_monitoring.anomaly (id, time, value, expected, score, load_id, dataset_id, series_id, rev)
          overriding system value
          select %s, '1990-01-01Z', 1990, 1, 7, %d, dataset_id, id, rev
            from curated.series where key = 'B_1.B_INDICATOR'
              on conflict do nothing
          """
              .formatted(ANOMALY, load));
    }
  }

  /** A signal that has run for all that was loaded: it would ask questions of its own else. */
  private static void signal(PlatformClient client) throws Exception {
    client.create("code-lists/B_FUNCTION", "{\"name\": \"Functions\"}");
    client.create("code-lists/B_FUNCTION/codes/high_1", "{\"name\": \"High\"}");
    client.yearly(
        "B_SIGNALS",
        "facility=facilities",
        "indicator=indicators",
        "function=code-lists/B_FUNCTION");
    client.create(
        "signals/B_SIGNAL",
        """
        {"name": "Signal", "into": "datasets/B_SIGNALS",
         "calculation": {"dataset": "BUDGET", "key": "B_1.B_INDICATOR", "frequencies": ["A"], "functions": [{"name": "high"}]}}
        """);
    PlatformForTests.await(
        """
        select not exists (select from curated.signal s
                            where claimed_until is not null
                               or seen[1] is distinct from (select r.rev from ref.revision r
                                                          where r.topic = s.source_id and r.at is not null
                                                          order by r.at desc, r.rev desc limit 1))
        """);
  }

  /** An export that is there, the only one in JSON. */
  private static String export(PlatformClient client) throws Exception {
    String made =
        given()
            .contentType("application/json")
            .body("{\"dataset\": \"BUDGET\", \"format\": \"json\"}")
            .post("/api/v1/exports")
            .path("id")
            .toString();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> client.get("exports/" + made).get("state").asText().equals("COMPLETED"));
    return made;
  }

  /** All of them. */
  static List<Question> all() throws IOException {
    String loaded =
        JSON.readTree(given().get("/api/v1/loads?limit=1").asString()).at("/items/0/id").asText();
    List<Question> all = new ArrayList<>();
    description()
        .get("paths")
        .fields()
        .forEachRemaining(
            entry -> {
              JsonNode get = entry.getValue().get("get");
              if (get != null && entry.getKey().startsWith("/api/v1")) {
                String path = filled(entry.getKey(), loaded);
                questions(entry.getKey(), get)
                    .forEach(
                        question ->
                            all.add(new Question(path + question, get.get("x-statements"))));
              }
            });
    return all;
  }

  private static JsonNode description() throws IOException {
    return JSON.readTree(given().accept("application/json").get("/openapi?format=json").asString());
  }

  private static String filled(String path, String load) {
    String[] segments = path.split("/");
    for (int i = 1; i < segments.length; i++) {
      if (segments[i].equals("{key}")) {
        segments[i] = "B_1.B_INDICATOR";
      } else if (segments[i].equals("{id}")) {
        segments[i] =
            switch (segments[i - 1]) {
              case "recommendations" -> RECOMMENDATION;
              case "runs" -> RUN;
              case "anomalies" -> ANOMALY;
              case "silences" -> SILENCE;
              case "exports" -> export;
              default -> load;
            };
      } else if (segments[i].equals("{name}")) {
        segments[i] = "budget";
      } else if (segments[i].startsWith("{")) {
        segments[i] = segments[i - 1].equals("codes") ? "HYDRO" : CODES.get(segments[i - 1]);
        if (path.contains("/rollups")) {
          segments[i] = "BUDGET_MONTHLY"; // nothing is longer than the years of the other
        }
      }
    }
    return String.join("/", segments);
  }

  /** Short and long, plain and with all that can be expanded. */
  private static List<String> questions(String path, JsonNode get) {
    if (path.endsWith("/compare")) {
      return List.of("?series=BUDGET:B_1.B_INDICATOR&series=BUDGET:B_2.B_INDICATOR&from=1995");
    }
    List<String> questions = new ArrayList<>(List.of(""));
    String parameters = get.path("parameters").toString();
    if (parameters.contains("limit")) {
      questions.add("?limit=2");
      questions.add("?limit=1000");
    }
    if (path.startsWith("/api/v1/facilities") && parameters.contains("expand")) {
      questions.add("?expand=region,organization,emissionSources");
      if (!path.contains("{")) {
        questions.add(
            "?q=pLANT&sort=-capacityMw,name&within=M49-150&limit=50"
                + "&expand=region,organization,emissionSources");
      }
    }
    if (path.endsWith("/observations")) {
      questions.add("?key=*.B_INDICATOR&from=1995&to=2005");
      questions.add("?last=2");
      questions.add("?unit=GWH&frequency=A&aggregation=SUM&transform=pch&last=2");
    }
    return questions;
  }
}
