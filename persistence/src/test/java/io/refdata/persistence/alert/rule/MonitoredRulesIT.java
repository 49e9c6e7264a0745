package io.refdata.persistence.alert.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.quality.Completeness;
import io.refdata.domain.quality.QualityFigures;
import io.refdata.domain.quality.QualityScore;
import io.refdata.persistence.alert.AlertRule;
import io.refdata.persistence.alert.AlertedDatabase;
import io.refdata.persistence.alert.Situation;
import io.refdata.persistence.json.Json;
import io.refdata.persistence.metrics.RequestDurations;
import io.refdata.persistence.metrics.RequestLabels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules about what is monitored, each with a situation that it is for. */
@SuppressWarnings("NullAway.Init")
class MonitoredRulesIT {
  private AlertedDatabase database;

  @BeforeEach
  void start() {
    database = new AlertedDatabase();
    execute(
        """
        insert into ref.revision (rev, topic, by) overriding system value values (1000001, 7, 'test'), (1000002, 7, 'test');
        insert into curated.dataset (id, code, name, frequency, dimension_codes, dimension_values, interval, warn_after, fail_after)
        overriding system value values (7, 'D', 'Daily', 'D', '{a}', '{indicators}', 'YEAR', 'PT1H', 'PT3H')
        """);
  }

  @AfterEach
  void stop() {
    database.close();
  }

  private List<Situation> evaluate(AlertRule rule) {
    return database.session.with(rule::evaluate);
  }

  private void execute(String statement) {
    database.jdbi.useHandle(handle -> handle.execute(statement));
  }

  /** A load that came some minutes ago, and ended some minutes ago unless that is below 0. */
  private void load(int id, int received, int finished, int revision) {
    execute(
        """
        insert into raw.payload (bytes, sha256, media_type, path) values (1, '\\x00', 'text/csv', 'none');
        insert into raw.load (id, payload_id, max_reject_ratio, max_delete_ratio, target, definition, mode, by, state,
                              received_at, finished_at, rev)
        overriding system value
        select %d, max(id), 1, 1, 'datasets/D', '{}', 'UPSERT', 'test', '%s', now() - interval '%d minutes', %s, %s
          from raw.payload
        """
            .formatted(
                id,
                finished < 0 ? "STAGING" : "COMPLETED",
                received,
                finished < 0 ? "null" : "now() - interval '%d minutes'".formatted(finished),
                finished < 0 ? "null" : Integer.toString(revision)));
    execute(
        "update ref.revision set at = now() - interval '%d minutes' where rev = %d"
            .formatted(Math.max(finished, 0), revision));
  }

  private static double value(List<Situation> found) {
    assertThat(found).hasSize(1);
    return found.get(0).value();
  }

  @Test
  void aDatasetWithoutNewDataIsStale() {
    StaleData rule = new StaleData();
    load(1, 20, 10, 1000001);
    assertThat(value(evaluate(rule))).isZero();
    execute("update raw.load set finished_at = now() - interval '2 hours'");
    execute("update ref.revision set at = now() - interval '2 hours' where rev = 1000001");
    assertThat(evaluate(rule))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.labels()).isEqualTo(Map.of("dataset", "D"));
              assertThat(one.value()).isEqualTo(1);
              assertThat(one.reason()).contains("D is WARN");
            });
    execute("update raw.load set finished_at = now() - interval '4 hours'");
    assertThat(value(evaluate(rule))).isEqualTo(2);
  }

  @Test
  void aFileThatIsUnderWayForLongLags() {
    IngestionLag rule = new IngestionLag();
    load(1, 2, 0, 1000001);
    assertThat(value(evaluate(rule))).isBetween(100.0, 140.0);
    load(2, 40, -1, 1000002);
    assertThat(evaluate(rule))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.value()).isBetween(2_400.0, 2_500.0);
              assertThat(one.reason()).contains("Load 2 into datasets/D is STAGING");
            });
    execute("delete from raw.load where id = 2");
    execute("update raw.load set finished_at = now() - interval '10 minutes'");
    assertThat(evaluate(rule)).as("what is long over").isEmpty();
  }

  @Test
  void aWorseLoadDropsTheQuality() throws Exception {
    QualityDrop rule = new QualityDrop();
    load(1, 90, 80, 1000001);
    load(2, 20, 10, 1000002);
    judged(1, 1000001, 0);
    assertThat(evaluate(rule)).isEmpty();
    judged(2, 1000002, 100);
    assertThat(evaluate(rule))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.value()).isEqualTo(66.67);
              assertThat(one.reason()).contains("was 100.0 and is 33.3 since load 2");
            });
  }

  /** The judgement of a load of a thousand rows. */
  private void judged(int load, int revision, int rejected) throws Exception {
    QualityFigures figures =
        new QualityFigures(
            0,
            0,
            Completeness.of(Frequency.D, List.of(), 1, 1),
            new QualityFigures.Rows(1_000, rejected, 0),
            new QualityFigures.Revisions(0, 0, null, null),
            new QualityFigures.Anomalies(0, 0, 0));
    database.jdbi.useHandle(
        handle ->
            handle.execute(
                """
                insert into performance_monitoring.load_quality (score, load_id, dataset_id, rev, figures)
                values (?, ?, 7, ?, ?)
                """,
                QualityScore.of(figures).total(),
                load,
                revision,
                Json.MAPPER.writeValueAsString(figures)));
  }

  @Test
  void anSlaBurnsFastOnlyOverTheHourAndTheLastMinutes() {
    SlaBurn rule = new SlaBurn();
    execute(
        """
        insert into performance_monitoring.sla (objective, window_seconds, code, kind, route, time_window, changed_by)
        values (0.99, 2592000, 'ERRORS', 'REQUEST_ERRORS', '/api/v1/datasets', 'P30D', 'olga')
        """);
    sampled("20 minutes", 1000, 200);
    assertThat(value(evaluate(rule))).as("over since").isLessThan(14.4);
    sampled("1 minute", 100, 20);
    assertThat(evaluate(rule))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.labels()).isEqualTo(Map.of("sla", "ERRORS"));
              assertThat(one.value()).isBetween(19.0, 21.0);
            });
  }

  @Test
  void anSlaOfMinutesBurnsFastThoughFiveOfThemAreFew() {
    execute(
        """
        insert into performance_monitoring.sla (objective, window_seconds, code, kind, dataset, time_window, changed_by)
        values (0.99, 2592000, 'FRESH', 'FRESHNESS', 'D', 'P30D', 'olga');
        insert into performance_monitoring.dataset_sample (began_at, at, dataset_id, rev, state)
        values (now() - interval '70 minutes', now(), 7, 0, 'STALE')
        """);
    assertThat(value(evaluate(new SlaBurn()))).isEqualTo(100);
  }

  @Test
  void anSlaOfRareLoadsIsAnAlertWhileItIsNotKept() {
    SlaBurn rule = new SlaBurn();
    execute(
        """
        insert into performance_monitoring.sla
               (objective, window_seconds, code, kind, dataset, time_window, bound, bound_ms, changed_by)
        values (0.8, 2592000, 'LOADS', 'LOAD_DURATION', 'D', 'P30D', 'PT10M', 600000, 'olga')
        """);
    int day = 24 * 60;
    for (int i = 1; i <= 12; i++) {
      load(i, i * day + (i <= 2 ? 20 : 1), i * day, i <= 2 ? 1000001 : 1000002);
    }
    assertThat(value(evaluate(rule))).as("two of twelve loads are bad").isZero();
    execute("update raw.load set received_at = received_at - interval '20 minutes' where id = 3");
    assertThat(evaluate(rule))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.value()).isEqualTo(6);
              assertThat(one.reason()).contains("LOADS is not kept: 3 of 12 loads in P30D");
            });
  }

  private void sampled(String ago, int requests, int errors) {
    execute(
        """
        insert into performance_monitoring.request_sample (at, node, route, requests, errors, buckets)
        values (now() - interval '%s', 'a', '/api/v1/datasets', %d, %d, '{%d}')
        """
            .formatted(ago, requests, errors, requests - errors));
  }

  @Test
  void requestsAreJudgedByThoseSinceTheLastLook() {
    ErrorRate errors = new ErrorRate();
    Latency latency = new Latency();
    assertThat(evaluate(errors)).isEmpty();
    assertThat(evaluate(latency)).isEmpty();
    for (int i = 0; i < 20; i++) {
      record("/api/v1/judged", i < 5 ? "500" : "200", i < 8 ? 2_000 : 3);
      record("/api/v1/fine", i < 5 ? "429" : "200", 3);
    }
    record("/api/v1/rare", "500", 9_000);
    assertThat(evaluate(errors))
        .extracting(one -> one.labels().get("uri"), Situation::value)
        .containsExactly(tuple("/api/v1/fine", 0.0), tuple("/api/v1/judged", 25.0));
    List<Situation> slow = evaluate(latency);
    assertThat(slow).hasSize(2);
    assertThat(slow.get(0).value()).isLessThan(10);
    assertThat(slow.get(1).value()).isBetween(1_600.0, 2_500.0);
    assertThat(evaluate(errors)).as("nothing since").isEmpty();
  }

  private static void record(String uri, String status, long millis) {
    RequestDurations.REQUESTS
        .of(new RequestLabels("GET", uri, status, "none"))
        .record(Duration.ofMillis(millis));
  }
}
