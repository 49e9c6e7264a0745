package io.refdata.domain.feature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Works out the rows of a feature set, one cutoff after another. Features are made of nothing but
 * what was known at their cutoff; only the target may come later.
 */
public final class FeatureRows {
  private final FeaturePlan plan;
  private final List<Map<String, SeriesVersions>> series;
  private final EntityStates entities;
  private final int answered;

  /** The units that may have rows, with the series of each anchor. */
  private final SortedMap<String, List<SeriesVersions>> units = new TreeMap<>();

  /**
   * The rows of one cutoff.
   *
   * @param rows by unit in code-point order, then by period
   * @param missing the units that are due, and of which nothing was known
   * @param scaled what each feature was scaled by; null where it is not scaled
   */
  public record AtCutoff(
      FeatureCutoff cutoff,
      List<FeatureRow> rows,
      List<String> missing,
      List<Scale.@Nullable Parameters> scaled) {}

  /**
   * @param series for each source of the plan, the series of each unit
   * @param answered the revision of the dataset that the targets are taken from
   */
  public FeatureRows(
      FeaturePlan plan,
      List<Map<String, SeriesVersions>> series,
      EntityStates entities,
      int answered) {
    this.plan = plan;
    this.series = series;
    this.entities = entities;
    this.answered = answered;
    for (int anchor : plan.anchors()) {
      series
          .get(anchor)
          .forEach(
              (unit, versions) ->
                  units.computeIfAbsent(unit, none -> new ArrayList<>()).add(versions));
    }
  }

  /** The most rows of one cutoff, with those that are missing. */
  public long most() {
    return worked() + plan.definition().entities().size();
  }

  /** The most rows of one cutoff that are worked out: not who is missing. */
  private long worked() {
    return (long) units.size() * plan.definition().periods();
  }

  /** The most values that are looked at for one cutoff. */
  public long steps() {
    long values =
        series.stream().flatMap(one -> one.values().stream()).mapToLong(SeriesVersions::size).sum();
    long steps = values;
    for (Feature feature : plan.definition().features()) {
      if (feature instanceof Feature.OfSeries ofSeries) {
        long average = values / Math.max(1, units.size()) + 1;
        steps += worked() * ofSeries.function().steps(average);
      }
    }
    return steps;
  }

  /** The rows of a cutoff. */
  public AtCutoff at(FeatureCutoff cutoff, Scale scale) {
    List<FeatureRow> rows = new ArrayList<>();
    Set<String> missing = new TreeSet<>();
    Set<String> present = new TreeSet<>();
    units.forEach(
        (unit, anchors) -> {
          int known = cutoff.revisions().get(0);
          if (anchors.stream().noneMatch(one -> one.existedAt(known))) {
            return;
          }
          int before = rows.size();
          add(unit, cutoff, rows);
          if (rows.size() > before) {
            present.add(entity(unit));
          } else {
            missing.add(unit);
          }
        });
    Set<String> named = missing.stream().map(this::entity).collect(Collectors.toSet());
    plan.definition().entities().stream()
        .map(code -> code.value())
        .filter(code -> !present.contains(code) && !named.contains(code))
        .forEach(missing::add);
    return scaled(cutoff, rows, List.copyOf(missing), scale);
  }

  private String entity(String unit) {
    return unit.split("\\.", -1)[plan.entity()];
  }

  private void add(String unit, FeatureCutoff cutoff, List<FeatureRow> rows) {
    @Nullable History[] histories = new @Nullable History[plan.sources().size()];
    TreeSet<Long> periods = new TreeSet<>();
    int wanted = plan.definition().periods();
    for (int anchor : plan.anchors()) {
      History history = history(histories, anchor, unit, cutoff);
      for (int i = Math.max(0, history.size() - wanted); i < history.size(); i++) {
        periods.add(history.period(i));
      }
    }
    periods.stream()
        .skip(Math.max(0, periods.size() - wanted))
        .forEach(period -> rows.add(row(unit, period, cutoff, histories)));
  }

  private FeatureRow row(
      String unit, long period, FeatureCutoff cutoff, @Nullable History[] histories) {
    List<Feature> features = plan.definition().features();
    @Nullable Object[] values = new @Nullable Object[features.size()];
    int property = 0;
    for (int i = 0; i < values.length; i++) {
      Feature feature = features.get(i);
      if (feature instanceof Feature.OfSeries of) {
        History history = history(histories, plan.ofFeature().get(i), unit, cutoff);
        double value = of.function().at(history, period);
        values[i] = Double.isFinite(value) ? value : null;
      } else if (feature instanceof Feature.OfCalendar of) {
        values[i] = of.part().of(plan.main().frequency().startOf(period));
      } else {
        values[i] = entities.at(entity(unit), cutoff.references(), property++);
      }
    }
    return new FeatureRow(
        unit, period, target(unit, period), Collections.unmodifiableList(Arrays.asList(values)));
  }

  private double target(String unit, long period) {
    Target target = plan.definition().target();
    return target == null
        ? Double.NaN
        : Objects.requireNonNull(series.get(plan.target()).get(unit))
            .released(period + target.horizon(), target.release(), answered);
  }

  /** The history of a source as known at the cutoff, worked out once for each unit. */
  private History history(
      @Nullable History[] histories, int source, String unit, FeatureCutoff cutoff) {
    History history = histories[source];
    if (history == null) {
      ResolvedSource of = plan.sources().get(source);
      String key = of.dataset() == 0 ? unit : entity(unit);
      SeriesVersions versions = series.get(source).get(key);
      history = versions == null ? History.NONE : versions.at(cutoff.revisions().get(of.dataset()));
      histories[source] = history;
    }
    return history;
  }

  private AtCutoff scaled(
      FeatureCutoff cutoff, List<FeatureRow> rows, List<String> missing, Scale scale) {
    List<Scale.@Nullable Parameters> parameters = new ArrayList<>();
    for (int i = 0; i < plan.definition().features().size(); i++) {
      int column = i;
      double[] numbers =
          rows.stream()
              .map(row -> row.features().get(column))
              .filter(Number.class::isInstance)
              .mapToDouble(value -> ((Number) Objects.requireNonNull(value)).doubleValue())
              .toArray();
      parameters.add(scale.of(numbers));
    }
    List<Scale.@Nullable Parameters> all = Collections.unmodifiableList(parameters);
    return scale == Scale.NONE
        ? new AtCutoff(cutoff, rows, missing, all)
        : new AtCutoff(cutoff, rows.stream().map(row -> scaled(row, all)).toList(), missing, all);
  }

  private static FeatureRow scaled(FeatureRow row, List<Scale.@Nullable Parameters> parameters) {
    @Nullable Object[] values = row.features().toArray();
    for (int i = 0; i < values.length; i++) {
      Scale.Parameters of = parameters.get(i);
      if (of != null && values[i] instanceof Number number) {
        double value = of.scaled(number.doubleValue());
        values[i] = Double.isFinite(value) ? value : null;
      }
    }
    return new FeatureRow(
        row.unit(),
        row.period(),
        row.target(),
        Collections.unmodifiableList(Arrays.asList(values)));
  }
}
