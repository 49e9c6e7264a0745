package io.refdata.api.signal;

import io.refdata.api.calculation.StoredCalculations.Read;
import io.refdata.api.calculation.StoredResults;
import io.refdata.domain.calculation.KeptBars.Recorded;
import io.refdata.domain.item.value.Code;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The results of a calculation: all of them, from the beginning of the series. */
record CalculatedSignal(SignalForm form, Read read) implements SignalOrigin {
  @Override
  public @Nullable Instant from() {
    return null;
  }

  @Override
  public Map<Place, Result> results(Map<Place, Result> recorded, Map<Integer, Instant> keptFrom) {
    List<String> unit = form.units().stream().map(codes -> codes.get(0).value()).toList();
    StoredResults worked =
        read.results(keptFrom.get(form.source()), function -> values(recorded, function));
    Map<Place, Result> results = new HashMap<>();
    recorded.forEach(
        (place, result) -> {
          if (worked.stays(place.code(), place.time())) {
            results.put(place, result);
          }
        });
    worked
        .values()
        .forEach(
            value ->
                results.put(
                    new Place(unit, value.function().value(), value.time()),
                    new Result(value.value(), value.status())));
    return results;
  }

  private static NavigableMap<Instant, Recorded> values(
      Map<Place, Result> recorded, Code function) {
    NavigableMap<Instant, Recorded> values = new TreeMap<>();
    recorded.forEach(
        (place, result) -> {
          if (place.code().equals(function.value()) && !result.isMissing()) {
            values.put(place.time(), new Recorded(result.value(), result.status()));
          }
        });
    return values;
  }
}
