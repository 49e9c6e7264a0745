package io.refdata.domain.feature;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The features of a unit as known at a cutoff, with the target.
 *
 * @param unit its codes, joined with dots
 * @param period the number of the period to which the features belong
 * @param target what is to be forecast; {@code NaN} if it is not known yet, or there is no target
 * @param features a text or a finite number for each feature; null where it is missing
 */
public record FeatureRow(String unit, long period, double target, List<@Nullable Object> features) {
  /** The share of the features that are there, from 0 to 1. */
  public double coverage() {
    return (double) features.stream().filter(value -> value != null).count() / features.size();
  }
}
