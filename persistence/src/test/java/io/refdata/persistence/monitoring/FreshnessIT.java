package io.refdata.persistence.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.dataset.FreshnessBounds;
import io.refdata.domain.dataset.FreshnessState;
import io.refdata.domain.load.Load;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The freshness of datasets by their loads and observations, and the samples of it. */
@SuppressWarnings("NullAway.Init")
class FreshnessIT {
  private MonitoredData data;
  private Freshness freshness;
  private DatasetSamples samples;

  @BeforeEach
  void start() {
    data = new MonitoredData();
    freshness = new Freshness(data.jdbi());
    samples = new DatasetSamples(data.jdbi(), freshness);
  }

  @AfterEach
  void stop() {
    data.close();
  }

  private DatasetAge age(String dataset) {
    return freshness.list(dataset, null, "", 1).get(0);
  }

  @Test
  void aDatasetIsAsOldAsItsLastLoadThatCompleted() {
    data.dataset("DAILY", "D");
    assertThat(age("DAILY").state()).isEqualTo(FreshnessState.STALE);
    assertThat(age("DAILY").load()).isNull();
    assertThat(age("DAILY").dataAge()).isNull();
    long load = data.load("DAILY", "5 days", "");
    data.load("DAILY", "1 minute", "dry_run = true");
    long failed = data.load("DAILY", "1 minute", "state = 'FAILED', rev = null");
    DatasetAge age = age("DAILY");
    assertThat(age.state()).isEqualTo(FreshnessState.WARN);
    assertThat(age.bounds().source()).isEqualTo(FreshnessBounds.Source.FREQUENCY);
    assertThat(age.age()).isBetween(Duration.ofDays(5), Duration.ofDays(5).plusMinutes(1));
    assertThat(age.load()).isNotNull().extracting(DatasetAge.LastLoad::id).isEqualTo(failed);
    assertThat(Objects.requireNonNull(age.load()).state()).isEqualTo(Load.State.FAILED);
    assertThat(age.load().sinceReceived()).isNull();

    // A push is no load, and makes data fresh too.
    data.observe("DAILY", "A", "2026-03-02Z", "1", data.revision(load));
    age = age("DAILY");
    assertThat(age.state()).isEqualTo(FreshnessState.FRESH);
    assertThat(age.latest()).isEqualTo(Instant.parse("2026-03-02T00:00:00Z"));
    assertThat(age.dataAge())
        .isEqualTo(Duration.between(Instant.parse("2026-03-03T00:00:00Z"), age.at()));
  }

  @Test
  void theDefinitionOfTheDatasetSaysWhatIsLate() {
    data.dataset("MINE", "D");
    data.load("MINE", "3 hours", "");
    data.execute("update curated.dataset set warn_after = 'PT1H', fail_after = 'PT4H'");
    assertThat(age("MINE").state()).isEqualTo(FreshnessState.WARN);
    assertThat(age("MINE").bounds())
        .isEqualTo(new FreshnessBounds("PT1H", "PT4H", FreshnessBounds.Source.DATASET));
    data.execute("update curated.dataset set fail_after = 'PT3H'");
    assertThat(age("MINE").state()).isEqualTo(FreshnessState.STALE);
  }

  @Test
  void pagesGoByCodeAndAStateLeavesOthersOut() {
    for (String code : List.of("A", "B", "C", "D")) {
      data.dataset(code, "D");
    }
    data.load("B", "1 minute", "");
    data.load("D", "1 minute", "");
    assertThat(freshness.all()).extracting(DatasetAge::code).containsExactly("A", "B", "C", "D");
    assertThat(freshness.list(null, null, "B", 1))
        .extracting(DatasetAge::code)
        .containsExactly("C");
    assertThat(freshness.list(null, FreshnessState.FRESH, "", 1))
        .extracting(DatasetAge::code)
        .containsExactly("B");
    assertThat(freshness.list(null, FreshnessState.FRESH, "B", 5))
        .extracting(DatasetAge::code)
        .containsExactly("D");
    assertThat(freshness.list("X", null, "", 5)).isEmpty();
  }

  @Test
  void samplesWithTheSameStateAreOneRow() {
    data.dataset("S", "D");
    data.dataset("T", "D");
    samples.run(step -> {});
    samples.run(step -> {});
    assertThat(data.number("select count(*) from performance_monitoring.dataset_sample"))
        .isEqualTo(2);
    assertThat(
            data.number(
                "select count(*) from performance_monitoring.dataset_sample where at > began_at"))
        .isEqualTo(2);
    long load = data.load("S", "1 minute", "");
    data.observe("S", "A", "2026-03-02Z", "1", data.revision(load));
    samples.run(step -> {});
    assertThat(data.number("select count(*) from performance_monitoring.dataset_sample"))
        .isEqualTo(3);
    // Without a write, the latest period comes from the sample.
    data.execute(
        "update performance_monitoring.dataset_sample set latest = '2026-03-03Z' where state ="
            + " 'FRESH'");
    assertThat(age("S").latest()).isEqualTo(Instant.parse("2026-03-03T00:00:00Z"));
    data.observe("S", "A", "2026-03-04Z", "1", data.revision(data.load("S", "0 minutes", "")));
    assertThat(age("S").latest()).isEqualTo(Instant.parse("2026-03-04T00:00:00Z"));
    // After a time without samples a new row begins.
    data.execute(
        """
        update performance_monitoring.dataset_sample
           set began_at = began_at - interval '10 minutes', at = at - interval '10 minutes'
        """);
    samples.run(step -> {});
    assertThat(data.number("select count(*) from performance_monitoring.dataset_sample"))
        .isEqualTo(5);
  }
}
