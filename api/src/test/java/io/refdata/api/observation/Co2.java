package io.refdata.api.observation;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;

import io.refdata.api.platform.PlatformForTests;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;

/** A dataset of CO2 by country, under a code of its own for each test: none depends on another. */
final class Co2 {
  static final String DATASETS = "/api/v1/datasets/";

  static final String YEARLY =
      """
      {"name": "CO2 and energy by country", "provider": "OWID", "frequency": "A", "unit": null,
       "dimensions": [{"code": "region", "values": "regions"},
                      {"code": "indicator", "values": "indicators"}],
       "freshness": {"warnAfter": "P40D", "failAfter": "P400D"}}
      """;

  private Co2() {}

  static RequestSpecification json() {
    return given()
        .contentType("application/json")
        .accept("application/json")
        .urlEncodingEnabled(false);
  }

  static ValidatableResponse create(String code) {
    json().body("{\"name\": \"Our World in Data\"}").put("/api/v1/providers/OWID");
    json().body("{\"name\": \"CO2\"}").put("/api/v1/indicators/co2");
    return json()
        .body(YEARLY)
        .put(DATASETS + code)
        .then()
        .statusCode(201)
        .header("Location", containsString("/datasets/" + code));
  }

  /** Three years of France, two of Germany. */
  static void fill(String dataset) throws SQLException {
    try (var connection = PlatformForTests.database().dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          do $$
          declare
            d integer := (select id from curated.dataset where code = '%s');
            r integer;
          begin
            r := ref.open_revision(d, 'test', null);
            perform curated.attach_partition(d, '2010-01-01Z');
            perform curated.attach_partition(d, '2020-01-01Z');
            insert into curated.series (dataset_id, rev, key, dimensions, first, last) values
              (d, r, 'DEU.co2', array['DEU', 'co2'], '2018-01-01Z', '2019-01-01Z'),
              (d, r, 'FRA.co2', array['FRA', 'co2'], '2018-01-01Z', '2020-01-01Z');
            execute format('insert into curated.observation_%%s (dataset_id, series_id, rev, time, value, status)', d) || $values$
            select $1, s.id, $2, make_timestamptz(v.year, 1, 1, 0, 0, 0, 'UTC'), v.value, v.status::"char"
              from (values ('DEU.co2', 2018, 1e-7, 'A'), ('DEU.co2', 2019, 2, 'A'),
                           ('FRA.co2', 2018, 1, 'A'), ('FRA.co2', 2019, 33.5, 'A'), ('FRA.co2', 2020, null, 'M'))
                   as v (key, year, value, status)
              join curated.series s on s.dataset_id = $1 and s.key = v.key $values$ using d, r;
            perform curated.count_observations(d);
          end
          $$
          """
              .formatted(dataset));
    }
  }
}
