package io.refdata.persistence.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.refdata.db.MigratedDatabase;
import io.refdata.persistence.Database;
import io.refdata.persistence.metrics.RequestSamples.Requests;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestSamplesIT {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String LIST = "/api/v1/{collection}";
  private static final String ITEM = "/api/v1/{collection}/{code}";

  private final MigratedDatabase database = MigratedDatabase.create();
  private final Jdbi jdbi = Database.of(database.dataSource());
  private final RequestDurations requests = new RequestDurations(100);
  private final SampleRequests sampler = new SampleRequests(jdbi, requests, "one");
  private final RequestSamples samples = new RequestSamples(jdbi);

  @AfterEach
  void close() {
    database.close();
  }

  private void answer(String uri, String status, int times, Duration each) {
    for (int i = 0; i < times; i++) {
      requests.of(new RequestLabels("GET", uri, status, "miss")).record(each);
    }
  }

  @Test
  void aSampleHasWhatCameSinceTheLast() {
    answer(LIST, "200", 3, Duration.ofMillis(5));
    sampler.sample();
    answer(LIST, "200", 2, Duration.ofMillis(5));
    answer(ITEM, "200", 1, Duration.ofMillis(1));
    sampler.sample();
    assertThat(samples.read(LIST, HOUR).requests()).isEqualTo(5);
    assertThat(samples.read(null, HOUR).requests()).isEqualTo(6);
    assertThat(samples.routes(HOUR)).containsExactly(LIST, ITEM);
  }

  @Test
  void anAddressWithoutRequestsHasNoRow() {
    answer(LIST, "200", 3, Duration.ofMillis(5));
    sampler.sample();
    sampler.sample();
    int rows =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select count(*) from performance_monitoring.request_sample")
                    .mapTo(Integer.class)
                    .one());
    assertThat(rows).isEqualTo(1);
  }

  @Test
  void anErrorIsNotAnsweredInTimeHoweverFastItWas() {
    answer(LIST, "200", 80, Duration.ofMillis(20));
    answer(LIST, "200", 10, Duration.ofMillis(200));
    answer(LIST, "503", 10, Duration.ofMillis(1));
    sampler.sample();
    Requests list = samples.read(LIST, HOUR);
    assertThat(list.requests()).isEqualTo(100);
    assertThat(list.errors()).isEqualTo(10);
    assertThat(list.errorRatio()).isEqualTo(0.1);
    assertThat(list.within(Duration.ofMillis(25))).isEqualTo(0.8);
    assertThat(list.within(Duration.ofMillis(250))).isEqualTo(0.9);
    assertThat(list.answered().percentile(0.95).orElseThrow().toMillis()).isBetween(160L, 250L);
  }

  @Test
  void whatTheClientDidWrongIsNoError() {
    answer(LIST, "400", 1, Duration.ofMillis(1));
    answer(LIST, "429", 1, Duration.ofMillis(1));
    sampler.sample();
    assertThat(samples.read(LIST, HOUR).errors()).isZero();
    assertThat(samples.read(LIST, HOUR).requests()).isEqualTo(2);
  }

  @Test
  void severalServersAreAddedUp() {
    RequestDurations others = new RequestDurations(100);
    answer(LIST, "200", 3, Duration.ofMillis(5));
    others.of(new RequestLabels("GET", LIST, "200", "hit")).record(Duration.ofMillis(1));
    sampler.sample();
    new SampleRequests(jdbi, others, "two").sample();
    assertThat(samples.read(LIST, HOUR).requests()).isEqualTo(4);
    assertThat(samples.read(LIST, HOUR).answered().upTo(Duration.ofMillis(1)))
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void aWindowHasOnlyItsOwnSamples() {
    answer(LIST, "200", 3, Duration.ofMillis(5));
    sampler.sample();
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update performance_monitoring.request_sample set at = now() - interval '2"
                    + " hours'"));
    answer(LIST, "200", 1, Duration.ofMillis(5));
    sampler.sample();
    assertThat(samples.read(LIST, HOUR).requests()).isEqualTo(1);
    assertThat(samples.read(LIST, Duration.ofHours(3)).requests()).isEqualTo(4);
    assertThat(samples.read(LIST, Duration.ofHours(3), HOUR).requests()).isEqualTo(3);
  }

  @Test
  void withoutRequestsAllWereAnsweredInTime() {
    Requests none = samples.read(null, HOUR);
    assertThat(none.requests()).isZero();
    assertThat(none.within(Duration.ofMillis(1))).isEqualTo(1);
    assertThat(none.errorRatio()).isZero();
    assertThat(none.answered().percentile(0.95)).isEmpty();
  }
}
