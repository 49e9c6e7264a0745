package io.refdata.api.feature;

import io.refdata.api.request.AsOf;
import io.refdata.api.request.Parameters;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Format;
import io.refdata.domain.feature.Cutoffs;
import io.refdata.domain.feature.Scale;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A question for rows of a feature set.
 *
 * @param version null for the newest
 * @param asOf the instant as of which it is answered; null for now
 * @param cutoffs those that are asked for; null for those of the definition
 * @param scale null for that of the definition
 */
record RowsQuery(
    @Nullable Integer version,
    @Nullable Instant asOf,
    @Nullable Cutoffs cutoffs,
    @Nullable Scale scale,
    Delivery delivery) {
  static final String VERSION = "version";
  static final String CUTOFF = "cutoff";
  static final String SCALE = "scale";

  /** The question for rows of all cutoffs, or of one. */
  static RowsQuery rows(Parameters parameters) {
    return parse(parameters, false);
  }

  /** The question for the rows that are known now, or were as of an instant. */
  static RowsQuery latest(Parameters parameters) {
    return parse(parameters, true);
  }

  private static RowsQuery parse(Parameters parameters, boolean latest) {
    Delivery delivery = Delivery.of(parameters, Format.ALL);
    Integer version = parameters.whole(VERSION, Integer.MAX_VALUE).orElse(null);
    Instant asOf = AsOf.instant(parameters, AsOf.NAME);
    Instant cutoff = latest ? null : AsOf.instant(parameters, CUTOFF);
    Scale scale = scale(parameters);
    parameters.end();
    Cutoffs cutoffs =
        latest ? new Cutoffs.Newest() : cutoff == null ? null : new Cutoffs.Listed(List.of(cutoff));
    return new RowsQuery(version, asOf, cutoffs, scale, delivery);
  }

  private static @Nullable Scale scale(Parameters parameters) {
    Optional<String> text = parameters.one(SCALE);
    Optional<Scale> scale = text.flatMap(Scale::named);
    if (text.isPresent() && scale.isEmpty()) {
      parameters.fault(SCALE, "must be none, zscore, minmax or robust");
    }
    return scale.orElse(null);
  }
}
