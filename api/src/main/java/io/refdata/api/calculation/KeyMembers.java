package io.refdata.api.calculation;

import io.refdata.api.calculation.CalculationQuery.Ohlc;
import io.refdata.api.observation.KeyPattern;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.json.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses which series a calculation is of: one, or four that make the bars. */
final class KeyMembers {
  /** The name of the member that names the four. */
  static final String OHLC = "ohlc";

  private KeyMembers() {}

  /** Reads which four series make the bars; null if that is at fault. */
  static @Nullable Ohlc ohlc(Members members, Dataset dataset) {
    List<String> dimensions =
        dataset.dimensions().stream().map(Dimension::code).map(Code::value).toList();
    List.of("dimension", "open", "high", "low", "close").forEach(members::require);
    Optional<String> dimension = members.oneOf("dimension", dimensions);
    Optional<Code> open = members.reference("open");
    Optional<Code> high = members.reference("high");
    Optional<Code> low = members.reference("low");
    Optional<Code> close = members.reference("close");
    members.end();
    return dimension.isEmpty()
            || open.isEmpty()
            || high.isEmpty()
            || low.isEmpty()
            || close.isEmpty()
        ? null
        : new Ohlc(
            dimensions.indexOf(dimension.get()), open.get(), high.get(), low.get(), close.get());
  }

  /** The codes of the series for each dimension; none if the key is at fault. */
  static List<List<Code>> pattern(Members body, Dataset dataset, @Nullable Ohlc ohlc) {
    Optional<String> key = body.text(CalculationBody.KEY);
    if (key.isEmpty() || (ohlc == null && body.any(OHLC).isPresent())) {
      return List.of();
    }
    try {
      List<List<Code>> pattern = new ArrayList<>(KeyPattern.parse(key.get(), dataset.dimensions()));
      if (ohlc != null) {
        requireAny(body, pattern.get(ohlc.position()));
        pattern.set(ohlc.position(), ohlc.codes());
      }
      for (int i = 0; i < pattern.size(); i++) {
        if (pattern.get(i).size() != 1 && (ohlc == null || i != ohlc.position())) {
          body.fault(
              CalculationBody.KEY, "must have one code for each dimension, * for that of ohlc");
          return List.of();
        }
      }
      return pattern;
    } catch (IllegalArgumentException e) {
      body.fault(CalculationBody.KEY, String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  private static void requireAny(Members body, List<Code> codes) {
    if (!codes.isEmpty()) {
      body.fault(CalculationBody.KEY, "must have * for the dimension of ohlc");
    }
  }
}
