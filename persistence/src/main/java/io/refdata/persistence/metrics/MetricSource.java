package io.refdata.persistence.metrics;

import io.refdata.settings.Setting;
import java.time.Duration;

/**
 * A bean that has metrics of its subject. It is found by its type. What is at hand is given when
 * {@code /metrics} is asked; what takes a look, or a statement, is sampled before.
 */
public interface MetricSource {
  /** Adds its metrics. It may neither wait nor ask the database: it gives what it has. */
  void collect(MetricSheet sheet);

  /** True if {@link #sample} asks the database, so that it may hang with it. */
  default boolean asksDatabase() {
    return false;
  }

  /** The time from one sample to the next. */
  default Duration every() {
    return Setting.METRICS_SAMPLE_EVERY.time();
  }

  /** Takes a sample, which {@link #collect} gives until the next one is taken. */
  default void sample() {}
}
