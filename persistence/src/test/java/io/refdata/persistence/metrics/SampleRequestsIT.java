package io.refdata.persistence.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.MigratedDatabase;
import io.refdata.persistence.Database;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The samples that servers store of the requests that they answered. */
class SampleRequestsIT {
  private static final String LIST = "/api/v1/{collection}";
  private static final String ITEM = "/api/v1/{collection}/{code}";

  private final MigratedDatabase database = MigratedDatabase.create();
  private final Jdbi jdbi = Database.of(database.dataSource());
  private final RequestDurations requests = new RequestDurations(100);
  private final SampleRequests sampler = new SampleRequests(jdbi, requests, "one");

  @AfterEach
  void close() {
    database.close();
  }

  private void answer(String uri, String status, int times) {
    for (int i = 0; i < times; i++) {
      requests.of(new RequestLabels("GET", uri, status, "miss")).record(Duration.ofMillis(5));
    }
  }

  /** All rows: the node, the address, the requests, the errors, and those in buckets. */
  private List<String> stored() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select concat_ws(' ', node, route, requests, errors, (select sum(b) from unnest(buckets) b))
                      from performance_monitoring.request_sample order by at, node, route
                    """)
                .mapTo(String.class)
                .list());
  }

  @Test
  void aSampleHasWhatCameSinceTheLast() {
    answer(LIST, "200", 3);
    sampler.sample();
    answer(LIST, "200", 2);
    answer(ITEM, "200", 1);
    sampler.sample();
    assertThat(stored())
        .containsExactly(
            "one " + LIST + " 3 0 3", "one " + LIST + " 2 0 2", "one " + ITEM + " 1 0 1");
  }

  @Test
  void anAddressWithoutRequestsHasNoRow() {
    answer(LIST, "200", 3);
    sampler.sample();
    sampler.sample();
    assertThat(stored()).hasSize(1);
  }

  @Test
  void whatThePlatformFailedToAnswerIsAnErrorAndInNoBucket() {
    answer(LIST, "200", 8);
    answer(LIST, "503", 2);
    answer(LIST, "400", 1);
    answer(LIST, "429", 1);
    sampler.sample();
    assertThat(stored()).containsExactly("one " + LIST + " 12 2 10");
  }

  @Test
  void eachServerHasRowsOfItsOwn() {
    RequestDurations others = new RequestDurations(100);
    answer(LIST, "200", 3);
    others.of(new RequestLabels("GET", LIST, "200", "hit")).record(Duration.ofMillis(1));
    sampler.sample();
    new SampleRequests(jdbi, others, "two").sample();
    assertThat(stored())
        .containsExactlyInAnyOrder("one " + LIST + " 3 0 3", "two " + LIST + " 1 0 1");
  }
}
