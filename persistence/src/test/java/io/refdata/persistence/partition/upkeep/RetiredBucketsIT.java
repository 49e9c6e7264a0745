package io.refdata.persistence.partition.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.Freshness;
import io.refdata.domain.dataset.Interval;
import io.refdata.domain.dataset.OnExpiry;
import io.refdata.domain.dataset.Partitioning;
import io.refdata.domain.dataset.UnknownCodes;
import io.refdata.domain.item.fault.Precondition;
import io.refdata.domain.item.fault.PreconditionRequired;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.rollup.TooManyRollups;
import io.refdata.persistence.revision.ResourceBusy;
import io.refdata.persistence.rollup.Rollups;
import io.refdata.persistence.rollup.Rollups.Definition;
import io.refdata.persistence.rollup.Rollups.Written;
import io.refdata.settings.Setting;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rollups of a dataset whose retention removes partitions. */
class RetiredBucketsIT extends KeptYears {
  private static final Code WEEKS = new Code("WEEKS");
  private static final Definition WEEKLY = new Definition(Frequency.W, null);

  /** The buckets that differ from the observations that are there. */
  private static final String WRONG =
      """
      select count(*)
        from (select series_id, date_trunc('week', time, 'UTC') as time, count(*), sum(value)
                from curated.observation_7 group by 1, 2) o
        full join curated.rollup_bucket b using (series_id, time)
       where (b.count, b.sum) is distinct from (o.count, o.sum)
      """;

  private final Dataset dataset = dataset(Frequency.D);

  private static Dataset dataset(Frequency frequency) {
    Dataset dataset =
        new Dataset(
            new Code("KEPT"),
            "Kept",
            new Dataset.Details(
                null,
                null,
                frequency,
                List.of(new Dimension(new Code("a"), "indicators")),
                new Partitioning(Interval.YEAR, 2, null, OnExpiry.DETACH),
                new Freshness(null, null),
                UnknownCodes.REJECT));
    dataset.recordedAs(7, 0);
    return dataset;
  }

  /** Weeks lie across the ends of years, so one of them loses a part of its days. */
  @Test
  void bucketsLoseTheObservationsThatRetentionRemoves() {
    new Rollups(jdbi).put(dataset, WEEKS, WEEKLY, Precondition.NONE);
    assertThat(number("select count(*) from curated.rollup_bucket")).isGreaterThan(300);
    assertThat(number(WRONG)).isZero();
    assertThat(number("select since from curated.rollup")).isEqualTo(1_000_001);
    retain("P3Y", "DROP");
    assertThat(run()).contains("RETIRE_PARTITIONS KEPT DONE");
    assertThat(number("select count(*) from curated.rollup_bucket")).isGreaterThan(100);
    assertThat(number(WRONG)).isZero();
    assertThat(
            number(
                "select count(*) from curated.rollup where since = (select max(rev) from"
                    + " ref.revision where topic = 7)"))
        .isEqualTo(1);
    assertThat(number("select count(*) from curated.rollup_vintage")).isZero();
  }

  @Test
  void aRollupIsReplacedByItsVersionAndDeletedWithItsBuckets() {
    Rollups rollups = new Rollups(jdbi);
    assertThat(rollups.put(dataset, WEEKS, WEEKLY, Precondition.NONE).created()).isTrue();
    assertThatThrownBy(() -> rollups.put(dataset, WEEKS, WEEKLY, Precondition.NONE))
        .isInstanceOf(PreconditionRequired.class);
    Precondition any = new Precondition(null, true, false);
    Written yearly = rollups.put(dataset, WEEKS, new Definition(Frequency.A, null), any);
    assertThat(yearly.rollup().version()).isEqualTo(1);
    assertThat(rollups.find(dataset, WEEKS)).contains(yearly.rollup());
    assertThat(rollups.list(dataset, null, 10)).containsExactly(yearly.rollup());
    assertThat(rollups.list(dataset, WEEKS, 10)).isEmpty();
    assertThat(number("select count(*) from curated.rollup_bucket")).isEqualTo(YEARS + 1);
    rollups.delete(dataset, WEEKS, any);
    assertThat(number("select count(*) from curated.rollup_bucket")).isZero();
    assertThat(rollups.find(dataset, WEEKS)).isEmpty();
  }

  @Test
  void nobodyWritesWhileARollupIsFilled() {
    try (var writer = jdbi.open()) {
      writer.begin();
      writer.execute("select ref.lock_topic(7)");
      assertThatThrownBy(() -> new Rollups(jdbi).put(dataset, WEEKS, WEEKLY, Precondition.NONE))
          .isInstanceOf(ResourceBusy.class);
      writer.rollback();
    }
    assertThatThrownBy(
            () -> new Rollups(jdbi).put(dataset(Frequency.H), WEEKS, WEEKLY, Precondition.NONE))
        .isInstanceOf(ResourceBusy.class);
  }

  @Test
  void aDatasetHasABoundedNumberOfRollups() {
    Rollups rollups = new Rollups(jdbi);
    long most = Setting.ROLLUPS.number();
    for (int i = 0; i < most; i++) {
      rollups.put(dataset, new Code("R" + i), new Definition(Frequency.A, null), Precondition.NONE);
    }
    assertThatThrownBy(() -> rollups.put(dataset, WEEKS, WEEKLY, Precondition.NONE))
        .isInstanceOf(TooManyRollups.class)
        .hasMessageContaining("KEPT has 8 rollups");
  }
}
