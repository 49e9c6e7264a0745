package io.refdata.persistence.performance;

import java.util.List;

/**
 * A target with what was measured, for a reader.
 *
 * @param value the figure with its unit; empty if there is none
 * @param samples the figure of each turn
 * @param explanation what the figure was made of, or why there is none
 */
public record TargetRow(
    Target target, Verdict verdict, String value, List<Double> samples, String explanation) {
  public TargetRow {
    samples = List.copyOf(samples);
  }
}
