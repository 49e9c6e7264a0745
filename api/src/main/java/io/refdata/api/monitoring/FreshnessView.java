package io.refdata.api.monitoring;

import io.refdata.domain.dataset.FreshnessBounds;
import io.refdata.domain.dataset.FreshnessState;
import io.refdata.domain.load.Load;
import io.refdata.persistence.monitoring.DatasetAge;
import io.refdata.persistence.monitoring.DatasetAge.LastLoad;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The freshness of a dataset, as JSON. */
record FreshnessView(
    String dataset,
    FreshnessState state,
    Instant asOf,
    @Nullable Instant updatedAt,
    @Nullable Age age,
    @Nullable DataPointView lastDataPoint,
    @Nullable LoadView lastLoad,
    FreshnessBounds bounds,
    String computed) {

  /** A span of time twice: for programs, and in ISO 8601. */
  record Age(long seconds, String duration) {
    static @Nullable Age of(@Nullable Duration age) {
      return age == null ? null : ofKnown(age);
    }

    private static Age ofKnown(Duration age) {
      Duration whole = Duration.ofSeconds(age.toSeconds());
      return new Age(whole.toSeconds(), whole.toString());
    }
  }

  /** The latest period with an observation. */
  record DataPointView(String period, @Nullable Age age) {}

  /** The last load that has ended. */
  record LoadView(
      long id,
      Load.State state,
      Instant finishedAt,
      Age age,
      @Nullable Age receivedToRecorded,
      @Nullable Age publishedToRecorded) {
    private static LoadView of(LastLoad load, Instant now) {
      return new LoadView(
          load.id(),
          load.state(),
          load.finished(),
          Age.ofKnown(Duration.between(load.finished(), now)),
          Age.of(load.sinceReceived()),
          Age.of(load.sincePublished()));
    }
  }

  static FreshnessView of(DatasetAge age) {
    Instant latest = age.latest();
    return new FreshnessView(
        age.code(),
        age.state(),
        age.at(),
        age.updated(),
        Age.of(age.age()),
        latest == null
            ? null
            : new DataPointView(age.frequency().format(latest), Age.of(age.dataAge())),
        age.load() == null ? null : LoadView.of(age.load(), age.at()),
        age.bounds(),
        computed(age));
  }

  private static String computed(DatasetAge age) {
    String bounds =
        age.bounds().source() == FreshnessBounds.Source.DATASET
            ? "the bounds are those of the dataset's definition"
            : "the dataset defines no bounds, so they follow from its frequency, which is "
                + age.frequency().adjective();
    String since =
        age.updated() == null
            ? "It never got data, so its definition counts"
            : "The age counts from updatedAt: the last completed load, or the last write of an"
                + " observation if that was later";
    return since + "; " + bounds + ".";
  }
}
