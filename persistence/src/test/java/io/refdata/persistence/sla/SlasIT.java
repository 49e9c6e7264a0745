package io.refdata.persistence.sla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.fault.Precondition;
import io.refdata.domain.item.fault.PreconditionRequired;
import io.refdata.domain.item.fault.VersionMismatch;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.metrics.duration.Durations;
import io.refdata.persistence.monitoring.MonitoredData;
import io.refdata.persistence.sla.Sla.Kind;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SLAs of each kind, counted from what is on record. */
@SuppressWarnings("NullAway.Init")
class SlasIT {
  private static final Code NAME = new Code("PROMISE");

  private MonitoredData data;
  private Slas slas;

  @BeforeEach
  void start() {
    data = new MonitoredData();
    slas = new Slas(data.jdbi());
    data.dataset("D", "D");
  }

  @AfterEach
  void stop() {
    data.close();
  }

  private SlaState put(Sla sla) {
    return slas.put(NAME, sla, new Precondition(null, false, false), "olga").state();
  }

  private static Sla sla(Kind kind, double objective) {
    boolean ofRequests = kind.isOfRequests();
    return new Sla(
        kind,
        ofRequests ? null : "D",
        null,
        ofRequests ? "datasets" : null,
        objective,
        "P1D",
        86_400,
        kind == Kind.LOAD_DURATION ? "PT1M" : null,
        kind == Kind.LOAD_DURATION
            ? Double.valueOf(60_000)
            : kind == Kind.REQUEST_LATENCY ? Double.valueOf(10) : null,
        kind == Kind.QUALITY ? Double.valueOf(80) : null);
  }

  @Test
  void withoutEventsNothingIsMeasured() {
    for (Kind kind : Kind.values()) {
      slas.put(new Code(kind.name()), sla(kind, 0.9), Precondition.NONE, "olga");
    }
    assertThat(slas.list(null, "", null))
        .hasSize(5)
        .allMatch(state -> !state.measured() && state.events() == 0);
    assertThat(slas.list(null, "", null))
        .allMatch(state -> state.compliance() == null && state.budgetLeft() == null);
    assertThat(slas.list(null, "", null).get(0).burns())
        .hasSize(4)
        .allMatch(burn -> burn.rate() == null);
  }

  @Test
  void loadsAreGoodWithinTheirBound() {
    for (int i = 0; i < 18; i++) {
      data.load("D", "2 hours", "");
    }
    data.load("D", "2 minutes", "received_at = finished_at - interval '61 seconds'");
    data.load("D", "2 minutes", "dry_run = true, received_at = finished_at - interval '2 hours'");
    data.load("D", "2 days", "");
    // One that is under way for too long counts already.
    data.load(
        "D",
        "0 minutes",
        "state = 'MERGING', finished_at = null, rev = null, received_at = now() - interval '2"
            + " minutes'");
    SlaState state = put(sla(Kind.LOAD_DURATION, 0.8));
    assertThat(state.measured()).isTrue();
    assertThat(state.events()).isEqualTo(20);
    assertThat(state.bad()).isEqualTo(2);
    assertThat(state.compliance()).isEqualTo(0.9);
    assertThat(state.kept()).isTrue();
    assertThat(state.budgetLeft()).isEqualTo(0.5);
    assertThat(state.burns())
        .containsExactly(
            new SlaState.Burn("PT5M", true, 2, 5.0),
            new SlaState.Burn("PT30M", true, 2, 5.0),
            new SlaState.Burn("PT1H", false, 2, 5.0),
            new SlaState.Burn("PT6H", true, 20, 0.5));
  }

  @Test
  void theMinutesOfADatasetAreGoodUnlessItIsStale() {
    data.execute(
        """
        insert into performance_monitoring.dataset_sample (began_at, at, dataset_id, rev, state)
        select now() - interval '119.5 minutes', now() - interval '20.5 minutes', id, 0, 'WARN' from curated.dataset
        union all
        select now() - interval '19.5 minutes', now() - interval '0.5 minutes', id, 0, 'STALE' from curated.dataset
        union all
        select now() - interval '3 days', now() - interval '2 days', id, 0, 'STALE' from curated.dataset
        """);
    SlaState state = put(sla(Kind.FRESHNESS, 0.75));
    assertThat(state.events()).isEqualTo(120);
    assertThat(state.bad()).isEqualTo(20);
    assertThat(state.burns())
        .extracting(SlaState.Burn::rate)
        .containsExactly(4.0, 2.666667, 1.333333, 0.666667);
    assertThat(state.burns()).as("about four minutes are enough").allMatch(SlaState.Burn::measured);
  }

  @Test
  void loadsAreGoodFromTheLeastQuality() {
    for (int i = 0; i < 10; i++) {
      long load = data.load("D", "1 hour", "");
      data.execute(
          """
          insert into performance_monitoring.load_quality (score, load_id, dataset_id, rev, figures)
          select %s, %d, id, 1, '{}' from curated.dataset
          """
              .formatted(i == 0 ? "79.9" : "80", load));
    }
    SlaState state = put(sla(Kind.QUALITY, 0.95));
    assertThat(state.events()).isEqualTo(10);
    assertThat(state.bad()).isEqualTo(1);
    assertThat(state.kept()).isFalse();
    assertThat(state.budgetLeft()).isEqualTo(-1.0);
  }

  @Test
  void requestsAreCountedFromTheirSamples() {
    sampled("1 minute", "a", "datasets", 1, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100);
    sampled("2 hours", "b", "datasets", 0, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10);
    sampled("1 minute", "a", "loads", 100, 20_000);
    SlaState latency = put(sla(Kind.REQUEST_LATENCY, 0.7));
    assertThat(latency.events()).isEqualTo(200);
    assertThat(latency.bad()).isEqualTo(30);
    assertThat(latency.compliance()).isEqualTo(0.85);
    assertThat(latency.budgetLeft()).isEqualTo(0.5);
    assertThat(latency.burns()).extracting(SlaState.Burn::rate).containsExactly(1.0, 1.0, 1.0, 0.5);
    SlaState errors =
        slas.put(new Code("ERRORS"), sla(Kind.REQUEST_ERRORS, 0.99), Precondition.NONE, "olga")
            .state();
    assertThat(errors.bad()).isEqualTo(1);
    assertThat(errors.compliance()).isEqualTo(0.995);
  }

  /** Ten requests for each of some durations in milliseconds. */
  private void sampled(String ago, String node, String route, int errors, double... millis) {
    long[] buckets = new long[Durations.buckets()];
    for (double duration : millis) {
      int bucket = 0;
      while (Durations.bound(bucket) < duration * 1e6) {
        bucket++;
      }
      buckets[bucket] += 10;
    }
    data.execute(
        """
        insert into performance_monitoring.request_sample (at, node, route, requests, errors, buckets)
        values (now() - interval '%s', '%s', '%s', %d, %d, array%s)
        """
            .formatted(ago, node, route, 10 * millis.length, errors, Arrays.toString(buckets)));
  }

  @Test
  void aChangeNamesTheVersionThatItReplaces() {
    Slas.Written written = slas.put(NAME, sla(Kind.FRESHNESS, 0.9), Precondition.NONE, "olga");
    assertThat(written.created()).isTrue();
    assertThat(written.state().version()).isZero();
    assertThatThrownBy(() -> put(sla(Kind.FRESHNESS, 0.8)))
        .isInstanceOf(PreconditionRequired.class);
    assertThatThrownBy(
            () ->
                slas.put(
                    NAME,
                    sla(Kind.FRESHNESS, 0.8),
                    new Precondition(Set.of(7), false, false),
                    "olga"))
        .isInstanceOf(VersionMismatch.class);
    Slas.Written changed =
        slas.put(NAME, sla(Kind.FRESHNESS, 0.8), new Precondition(Set.of(0), false, false), "olga");
    assertThat(changed.created()).isFalse();
    assertThat(changed.state().version()).isEqualTo(1);
    assertThat(changed.state().sla().objective()).isEqualTo(0.8);
    assertThatThrownBy(() -> slas.delete(NAME, Precondition.NONE))
        .isInstanceOf(PreconditionRequired.class);
    slas.delete(NAME, new Precondition(null, true, false));
    assertThat(slas.find(NAME)).isEmpty();
    assertThatThrownBy(() -> slas.delete(NAME, Precondition.NONE)).isInstanceOf(NoSuchItem.class);
  }
}
