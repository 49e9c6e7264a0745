package io.refdata.domain.feature;

import io.refdata.domain.item.value.Code;
import java.util.Arrays;
import java.util.Locale;

/** The purpose of the rows of a feature set. */
public enum FeatureSetKind {
  /** A row for each series and cutoff, with what is to be forecast. */
  FORECASTING,
  /** A row for each entity and cutoff, whose numbers may be scaled. */
  CLUSTERING,
  /** A row for each facility, with what its place tells. */
  GEO_ENRICHMENT;

  /**
   * True for {@code forecasting}, {@code clustering} and {@code geo-enrichment}: the rows of the
   * feature set of such a code also stand where a dataset of that code would.
   */
  public static boolean isAddress(Code code) {
    return Arrays.stream(values())
        .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .anyMatch(code.value()::equals);
  }
}
