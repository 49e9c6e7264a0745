package io.refdata.persistence.monitoring;

import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.FreshnessBounds;
import io.refdata.domain.dataset.FreshnessState;
import io.refdata.domain.load.Load;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The freshness of a dataset at an instant.
 *
 * @param id its number in the database
 * @param code its code
 * @param at the instant
 * @param revision the last revision that has written observations; 0 if none has
 * @param latest the start of its latest period with an observation; null if it has none
 * @param updated when it was brought up to date last: the latest of the last completed load,
 *     changed values or not, and the last write of an observation; null if it never was
 * @param defined when the dataset was defined first; null if that is not on record
 * @param load its last load that has ended; null if there is none
 */
public record DatasetAge(
    int id,
    String code,
    Frequency frequency,
    FreshnessBounds bounds,
    Instant at,
    int revision,
    @Nullable Instant latest,
    @Nullable Instant updated,
    @Nullable Instant defined,
    @Nullable LastLoad load) {

  /**
   * A load that has ended, and not been a dry run.
   *
   * @param recorded when readers saw its data; null if it failed or was stopped
   * @param published when the provider published its file; null if nobody has said it
   */
  public record LastLoad(
      long id,
      Load.State state,
      Instant received,
      Instant finished,
      @Nullable Instant recorded,
      @Nullable Instant published) {

    /** From its arrival until readers saw its data. */
    public @Nullable Duration sinceReceived() {
      return recorded == null ? null : Duration.between(received, recorded);
    }

    /** From its publication until readers saw its data. */
    public @Nullable Duration sincePublished() {
      return recorded == null || published == null ? null : Duration.between(published, recorded);
    }
  }

  /** The time since it was brought up to date; null if it never was. */
  public @Nullable Duration age() {
    return updated == null ? null : notNegative(Duration.between(updated, at));
  }

  /** The time since the end of its latest period; zero while that lasts, null if there is none. */
  public @Nullable Duration dataAge() {
    return latest == null ? null : notNegative(Duration.between(frequency.next(latest), at));
  }

  /** Its state by its bounds. A dataset that never got data is as old as its definition. */
  public FreshnessState state() {
    return bounds.state(updated == null ? defined : updated, at);
  }

  private static Duration notNegative(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }
}
