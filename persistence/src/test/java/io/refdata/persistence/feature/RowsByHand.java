package io.refdata.persistence.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.feature.CalendarPart;
import io.refdata.domain.feature.Cutoffs;
import io.refdata.domain.feature.Feature;
import io.refdata.domain.feature.FeatureDataset;
import io.refdata.domain.feature.FeaturePlan;
import io.refdata.domain.feature.FeatureRow;
import io.refdata.domain.feature.FeatureRows.AtCutoff;
import io.refdata.domain.feature.FeatureSetDefinition;
import io.refdata.domain.feature.FeatureSetKind;
import io.refdata.domain.feature.KnownWhen;
import io.refdata.domain.feature.Release;
import io.refdata.domain.feature.Scale;
import io.refdata.domain.feature.SeriesSource;
import io.refdata.domain.feature.Target;
import io.refdata.domain.feature.ValueFunction;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.value.Code;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A feature set of one feature of each kind over two datasets: read by the platform, and worked out
 * by brute force from what was known of each series.
 */
record RowsByHand(WrittenSeries written, FeatureDataset main, FeatureDataset other) {
  private static final Code FACILITY = new Code("facility");
  private static final int MOST_COMPARISONS = 500;

  /** The number of changes, of some later ones, before rows are compared again. */
  static int between(int changes) {
    return Math.max(1, changes / MOST_COMPARISONS);
  }

  static SeriesSource source(@Nullable FeatureDataset dataset, String indicator) {
    return new SeriesSource(dataset == null ? null : dataset.code(), new Code(indicator), Map.of());
  }

  FeatureSetDefinition definition(
      Release release, int periods, Cutoffs cutoffs, KnownWhen knownWhen) {
    List<Feature> features = new ArrayList<>();
    List<ValueFunction> functions = new ArrayList<>();
    functions.add(new ValueFunction.Lag(0));
    functions.add(new ValueFunction.Lag(1));
    functions.add(new ValueFunction.SeasonalLag(2, 2));
    functions.add(new ValueFunction.Change(1, 0, false));
    functions.add(new ValueFunction.Change(2, 1, true));
    for (ValueFunction.Statistic statistic : ValueFunction.Statistic.values()) {
      functions.add(new ValueFunction.Roll(statistic, 3, 1, 2));
    }
    functions.add(new ValueFunction.Weighted(0.5, 1));
    functions.forEach(function -> features.add(new Feature.OfSeries(null, function)));
    features.add(new Feature.OfSeries(source(null, "b"), new ValueFunction.Lag(1)));
    features.add(new Feature.OfSeries(source(other, "a"), new ValueFunction.Lag(0)));
    features.add(
        new Feature.OfSeries(
            source(other, "b"), new ValueFunction.Roll(ValueFunction.Statistic.MEAN, 2, 0, 2)));
    features.add(new Feature.OfCalendar(CalendarPart.YEAR));
    if (knownWhen == KnownWhen.RECORDED) {
      features.add(new Feature.OfEntity("capacityMw"));
    }
    return new FeatureSetDefinition(
        FeatureSetKind.FORECASTING,
        main.code(),
        FACILITY,
        List.of(),
        features,
        new Target(source(null, "a"), 1, release),
        cutoffs,
        knownWhen,
        periods,
        Scale.NONE);
  }

  List<AtCutoff> rows(FeatureSetDefinition definition, @Nullable Instant asOf) {
    return rows(definition, Map.of(main.code(), main, other.code(), other), asOf);
  }

  List<AtCutoff> rows(
      FeatureSetDefinition definition, Map<Code, FeatureDataset> datasets, @Nullable Instant asOf) {
    List<Fault> faults = new ArrayList<>();
    FeaturePlan plan = FeaturePlan.of(definition, datasets, faults);
    assertThat(faults).isEmpty();
    OpenedSet set =
        new OpenedSet(
            new Code("test"),
            1,
            "test",
            Objects.requireNonNull(plan),
            asOf,
            asOf == null ? Instant.now() : asOf,
            0);
    FeatureData data = new FeatureReading(written.jdbi()).read(set, definition.cutoffs());
    return data.cutoffs().stream().map(cutoff -> data.rows().at(cutoff, Scale.NONE)).toList();
  }

  /**
   * The features of a row, without those of its entity.
   *
   * @param known what was known of the main dataset
   * @param others what was known of the other
   */
  static List<@Nullable Object> features(
      FeatureRow row,
      Map<String, NavigableMap<Long, Double>> known,
      Map<String, NavigableMap<Long, Double>> others) {
    NavigableMap<Long, Double> a = known.getOrDefault(row.unit() + ".a", new TreeMap<>());
    NavigableMap<Long, Double> b = known.getOrDefault(row.unit() + ".b", new TreeMap<>());
    NavigableMap<Long, Double> otherA = others.getOrDefault(row.unit() + ".a", new TreeMap<>());
    NavigableMap<Long, Double> otherB = others.getOrDefault(row.unit() + ".b", new TreeMap<>());
    long ds = row.period();
    List<@Nullable Object> expected = new ArrayList<>();
    expected.add(a.get(ds));
    expected.add(a.get(ds - 1));
    expected.add(a.get(ds - 4));
    Double now = a.get(ds);
    Double before = a.get(ds - 1);
    expected.add(now == null || before == null ? null : now - before);
    Double then = a.get(ds - 3);
    expected.add(before == null || then == null ? null : (before / then - 1) * 100);
    List<Double> window = new ArrayList<>(a.subMap(ds - 3, ds).values());
    expected.add(window.size() < 2 ? null : mean(window));
    expected.add(window.size() < 2 ? null : deviation(window));
    expected.add(window.size() < 2 ? null : window.stream().min(Double::compare).orElseThrow());
    expected.add(window.size() < 2 ? null : window.stream().max(Double::compare).orElseThrow());
    expected.add(window.size() < 2 ? null : sum(window));
    Double weighted = null;
    for (double value : a.headMap(ds).values()) {
      weighted = weighted == null ? value : 0.5 * value + (1 - 0.5) * weighted;
    }
    expected.add(weighted);
    expected.add(b.get(ds - 1));
    expected.add(otherA.get(ds));
    List<Double> pair = new ArrayList<>(otherB.subMap(ds - 1, ds + 1).values());
    expected.add(pair.size() < 2 ? null : mean(pair));
    expected.add((int) ds + 1970);
    return expected;
  }

  private static double sum(List<Double> numbers) {
    return numbers.stream()
        .map(BigDecimal::new)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .doubleValue();
  }

  private static double mean(List<Double> numbers) {
    return sum(numbers) / numbers.size();
  }

  private static double deviation(List<Double> numbers) {
    double mean = mean(numbers);
    return Math.sqrt(
        sum(numbers.stream().map(number -> (number - mean) * (number - mean)).toList())
            / (numbers.size() - 1));
  }

  /** Each unit that existed has as many rows as it had values, up to two, or is missing. */
  static void assertUnits(AtCutoff at, Map<String, NavigableMap<Long, Double>> known) {
    List<String> rows = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    known.forEach(
        (key, values) -> {
          if (key.endsWith(".a")) {
            String unit = key.substring(0, 2);
            values.keySet().stream()
                .skip(Math.max(0, values.size() - 2))
                .forEach(period -> rows.add(unit + period));
            if (values.isEmpty()) {
              missing.add(unit);
            }
          }
        });
    assertThat(at.rows().stream().map(row -> row.unit() + row.period())).isEqualTo(rows);
    assertThat(at.missing()).isEqualTo(missing);
  }

  /** All that a target has no part in, as a text. */
  static String withoutTargets(List<AtCutoff> all) {
    StringBuilder text = new StringBuilder();
    for (AtCutoff at : all) {
      text.append(at.cutoff()).append(at.missing());
      at.rows().forEach(row -> text.append(row.unit()).append(row.period()).append(row.features()));
    }
    return text.toString();
  }

  /** A first release that is there stays; one that was not there may come. */
  static void assertTargetsStay(List<AtCutoff> before, List<AtCutoff> now) {
    for (int i = 0; i < before.size(); i++) {
      for (int j = 0; j < before.get(i).rows().size(); j++) {
        double target = before.get(i).rows().get(j).target();
        if (!Double.isNaN(target)) {
          assertThat(now.get(i).rows().get(j).target()).isEqualTo(target);
        }
      }
    }
  }
}
