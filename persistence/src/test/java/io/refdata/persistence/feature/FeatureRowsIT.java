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
import io.refdata.domain.feature.Release;
import io.refdata.domain.feature.Scale;
import io.refdata.domain.feature.SeriesSource;
import io.refdata.domain.feature.Target;
import io.refdata.domain.feature.ValueFunction;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.feature.WrittenSeries.Write;
import io.refdata.persistence.sql.Statements;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rows against brute force over random writes, and against random writes that come later. */
@SuppressWarnings("NullAway.Init")
class FeatureRowsIT {
  private static final @Nullable Integer ASKED_FOR = Integer.getInteger("refdata.features.later");
  private static final int LATER = Objects.requireNonNullElse(ASKED_FOR, 200);

  /** Unless a number is asked for, a busy machine does not get through all of them. */
  private static final Duration BOUND = Duration.ofSeconds(15);

  private static final int WRITES = 60;
  private static final Random RANDOM = new Random(Long.getLong("refdata.features.seed", 19));
  private static final List<String> PLANTS = List.of("P1", "P2", "P3", "P4", "P5", "P6");

  private static WrittenSeries written;
  private static FeatureDataset main;
  private static FeatureDataset other;
  private static FeatureReading reading;

  @BeforeAll
  static void write() {
    written = new WrittenSeries();
    reading = new FeatureReading(written.jdbi());
    main = written.dataset("MAIN");
    other = written.dataset("OTHER");
    for (int i = 0; i < WRITES; i++) {
      writeSomething(2000 + i / 3);
    }
  }

  @AfterAll
  static void stop() {
    written.close();
  }

  /** A load, a push, a revision, a deletion, or a change of an entity. */
  private static void writeSomething(int year) {
    int kind = RANDOM.nextInt(5);
    if (kind == 0) {
      Map<String, @Nullable Double> capacities = new HashMap<>();
      capacities.put(plant(), RANDOM.nextInt(4) == 0 ? null : RANDOM.nextDouble());
      written.equip(capacities);
      return;
    }
    FeatureDataset dataset = RANDOM.nextInt(3) == 0 ? other : main;
    Map<String, Write> writes = new TreeMap<>();
    int count = kind == 1 ? 40 : 4;
    for (int i = 0; i < count; i++) {
      String key = plant() + "." + (RANDOM.nextInt(4) == 0 ? "b" : "a");
      int of = Math.max(2000, year - (RANDOM.nextInt(3) == 0 ? RANDOM.nextInt(12) : 0));
      boolean gone = RANDOM.nextInt(kind == 2 ? 2 : 12) == 0;
      writes.put(key + of, new Write(key, of, gone ? null : RANDOM.nextGaussian() * 100));
    }
    written.write(dataset, List.copyOf(writes.values()));
  }

  private static String plant() {
    return PLANTS.get(RANDOM.nextInt(PLANTS.size()));
  }

  private static SeriesSource source(@Nullable FeatureDataset dataset, String indicator) {
    return new SeriesSource(dataset == null ? null : dataset.code(), new Code(indicator), Map.of());
  }

  private static FeatureSetDefinition definition(Release release, int periods, Cutoffs cutoffs) {
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
    features.add(new Feature.OfEntity("capacityMw"));
    return new FeatureSetDefinition(
        FeatureSetKind.FORECASTING,
        main.code(),
        new Code("facility"),
        List.of(),
        features,
        new Target(source(null, "a"), 1, release),
        cutoffs,
        periods,
        Scale.NONE);
  }

  private static List<AtCutoff> rows(FeatureSetDefinition definition, @Nullable Instant asOf) {
    return rows(definition, Map.of(main.code(), main, other.code(), other), asOf);
  }

  private static List<AtCutoff> rows(
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
    FeatureData data = reading.read(set, definition.cutoffs());
    return data.cutoffs().stream().map(cutoff -> data.rows().at(cutoff, Scale.NONE)).toList();
  }

  @Test
  void rowsAreThoseOfReadsAsOfTheirCutoffs() {
    List<Instant> cutoffs = new ArrayList<>(written.instants(main));
    for (int i = 0; i < 20; i++) {
      cutoffs.add(cutoffs.get(0).plus(RANDOM.nextInt(2_000_000), ChronoUnit.MICROS));
    }
    Instant now = Instant.now();
    cutoffs.removeIf(cutoff -> cutoff.isAfter(now));
    int compared = 0;
    for (Release release : List.of(Release.FIRST, Release.LATEST, new Release(3))) {
      for (AtCutoff at : rows(definition(release, 2, new Cutoffs.Listed(cutoffs)), null)) {
        for (FeatureRow row : at.rows()) {
          assertThat(row.features())
              .as("%s of %d at %s", row.unit(), row.period(), at.cutoff().at())
              .isEqualTo(bruteForce(row, at.cutoff().at()));
          Double target =
              release.isLatest()
                  ? written
                      .at(main, Instant.MAX)
                      .getOrDefault(row.unit() + ".a", new TreeMap<>())
                      .get(row.period() + 1)
                  : written.released(main, row.unit() + ".a", row.period() + 1, release.number());
          Double expected = target == null ? Double.valueOf(Double.NaN) : target;
          assertThat(Double.valueOf(row.target())).isEqualTo(expected);
          compared++;
        }
        assertUnits(at);
      }
    }
    assertThat(compared).isGreaterThan(1_000);
  }

  /** Each unit that existed has as many rows as it had values, up to two, or is missing. */
  private static void assertUnits(AtCutoff at) {
    Map<String, NavigableMap<Long, Double>> known = written.at(main, at.cutoff().at());
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

  private static List<@Nullable Object> bruteForce(FeatureRow row, Instant cutoff) {
    Map<String, NavigableMap<Long, Double>> known = written.at(main, cutoff);
    Map<String, NavigableMap<Long, Double>> others = written.at(other, cutoff);
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
    expected.add(written.capacity(row.unit(), cutoff));
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

  @Test
  void whateverIsWrittenAfterACutoffChangesNothingOfIt() {
    List<Instant> cutoffs = written.instants(main);
    FeatureSetDefinition definition = definition(Release.FIRST, 1, new Cutoffs.Listed(cutoffs));
    List<AtCutoff> first = rows(definition, null);
    Instant asOf = Instant.now().truncatedTo(ChronoUnit.MICROS);
    FeatureSetDefinition latest = definition(Release.LATEST, 1, new Cutoffs.EachVintage());
    String past = rows(latest, asOf).toString();
    Instant bound = Instant.now().plus(BOUND);
    for (int i = 0;
        i < LATER && (i < 20 || ASKED_FOR != null || Instant.now().isBefore(bound));
        i++) {
      writeSomething(2000 + RANDOM.nextInt(30));
      List<AtCutoff> now = rows(definition, null);
      assertThat(features(now)).isEqualTo(features(first));
      assertTargetsStay(first, now);
      first = now;
      if (i % 10 == 0) {
        assertThat(rows(latest, asOf).toString()).isEqualTo(past);
      }
    }
  }

  private static String features(List<AtCutoff> all) {
    StringBuilder text = new StringBuilder();
    for (AtCutoff at : all) {
      text.append(at.cutoff()).append(at.missing());
      at.rows().forEach(row -> text.append(row.unit()).append(row.period()).append(row.features()));
    }
    return text.toString();
  }

  /** A first release that is there stays; one that was not there may come. */
  private static void assertTargetsStay(List<AtCutoff> before, List<AtCutoff> now) {
    for (int i = 0; i < before.size(); i++) {
      for (int j = 0; j < before.get(i).rows().size(); j++) {
        double target = before.get(i).rows().get(j).target();
        if (!Double.isNaN(target)) {
          assertThat(now.get(i).rows().get(j).target()).isEqualTo(target);
        }
      }
    }
  }

  @Test
  void aHundredEntitiesAtSixtyCutoffsTakeTwoStatements() {
    FeatureDataset large = written.dataset("LARGE");
    for (int year = 2000; year < 2060; year++) {
      written.fill(large, 100, year);
    }
    List<Feature> features = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      features.add(new Feature.OfSeries(null, new ValueFunction.Lag(i)));
      features.add(
          new Feature.OfSeries(
              null, new ValueFunction.Roll(ValueFunction.Statistic.STD, 2 + i, 1, 2)));
    }
    FeatureSetDefinition definition =
        new FeatureSetDefinition(
            FeatureSetKind.FORECASTING,
            large.code(),
            new Code("facility"),
            List.of(),
            features,
            new Target(source(null, "a"), 1, Release.FIRST),
            new Cutoffs.EachVintage(),
            1,
            Scale.NONE);
    Statements counted = Statements.begin();
    long start = System.nanoTime();
    try {
      assertThat(rows(definition, Map.of(large.code(), large), null))
          .hasSize(60)
          .allMatch(at -> at.rows().size() == 100);
    } finally {
      Statements.end();
    }
    System.out.printf("100 x 60 x 20: %d ms%n", (System.nanoTime() - start) / 1_000_000);
    assertThat(counted.count()).isEqualTo(2);
  }
}
