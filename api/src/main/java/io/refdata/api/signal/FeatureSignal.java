package io.refdata.api.signal;

import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.Status;
import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.domain.feature.Feature;
import io.refdata.domain.feature.FeaturePlan;
import io.refdata.domain.feature.FeatureRow;
import io.refdata.settings.Setting;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of the newest rows of a feature set. Rows of earlier periods, which were the newest
 * once, stay as they were recorded.
 *
 * @param rows the newest ones
 */
record FeatureSignal(SignalForm form, FeaturePlan plan, List<FeatureRow> rows)
    implements SignalOrigin {
  private static final long MOST = Setting.SIGNALS_VALUES.number();

  @Override
  public @Nullable Instant from() {
    return rows.isEmpty() ? null : start(rows);
  }

  private Instant start(Collection<FeatureRow> some) {
    Frequency frequency = plan.main().frequency();
    return frequency.startOf(some.stream().mapToLong(FeatureRow::period).min().orElseThrow());
  }

  @Override
  public Map<Place, Result> results(Map<Place, Result> recorded, Map<Integer, Instant> keptFrom) {
    if ((long) rows.size() * form.results().size() > MOST) {
      throw new UnansweredQuestion("featureSet", "gives more than %,d values".formatted(MOST));
    }
    Map<Place, Result> results = new HashMap<>();
    Map<List<String>, Instant> since = new HashMap<>();
    Instant left = keptFrom.getOrDefault(form.source(), Instant.MIN);
    for (FeatureRow row : rows) {
      since.merge(unit(row), start(List.of(row)), (a, b) -> a.isBefore(b) ? a : b);
    }
    recorded.forEach(
        (place, result) -> {
          if (place.time().isBefore(since.getOrDefault(place.unit(), left))) {
            results.put(place, result);
          }
        });
    rows.forEach(row -> add(row, recorded, keptFrom, results));
    return results;
  }

  private static List<String> unit(FeatureRow row) {
    return List.of(row.unit().split("\\.", -1));
  }

  private void add(
      FeatureRow row,
      Map<Place, Result> recorded,
      Map<Integer, Instant> keptFrom,
      Map<Place, Result> results) {
    List<Integer> numbers = plan.numbers();
    for (int i = 0; i < numbers.size(); i++) {
      int feature = numbers.get(i);
      Place place = new Place(unit(row), form.results().get(i).value(), start(List.of(row)));
      Result before = recorded.get(place);
      Object value = row.features().get(feature);
      if (before != null && !before.isMissing() && isCut(feature, row.period(), keptFrom)) {
        results.put(place, before);
      } else if (value instanceof Number number) {
        results.put(place, new Result(number.doubleValue(), Status.NORMAL));
      }
    }
  }

  /** Whether retention has removed some of what a feature of a period is made of. */
  private boolean isCut(int feature, long period, Map<Integer, Instant> keptFrom) {
    int source = plan.ofFeature().get(feature);
    if (source < 0) {
      return false;
    }
    Instant left = keptFrom.get(plan.datasets().get(plan.sources().get(source).dataset()).id());
    if (left == null) {
      return false;
    }
    long reach =
        ((Feature.OfSeries) Objects.requireNonNull(plan.definition().features().get(feature)))
            .function()
            .reach();
    return reach == Long.MAX_VALUE
        || plan.main().frequency().startOf(period - reach).isBefore(left);
  }
}
