package io.refdata.persistence.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.feature.Cutoffs;
import io.refdata.domain.feature.Feature;
import io.refdata.domain.feature.FeatureDataset;
import io.refdata.domain.feature.FeatureRow;
import io.refdata.domain.feature.FeatureRows.AtCutoff;
import io.refdata.domain.feature.FeatureSetDefinition;
import io.refdata.domain.feature.FeatureSetKind;
import io.refdata.domain.feature.KnownWhen;
import io.refdata.domain.feature.Release;
import io.refdata.domain.feature.Scale;
import io.refdata.domain.feature.Target;
import io.refdata.domain.feature.ValueFunction;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.feature.WrittenSeries.Write;
import io.refdata.persistence.sql.Statements;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private static RowsByHand byHand;

  @BeforeAll
  static void write() {
    written = new WrittenSeries();
    main = written.dataset("MAIN");
    other = written.dataset("OTHER");
    byHand = new RowsByHand(written, main, other);
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
      for (AtCutoff at :
          byHand.rows(
              byHand.definition(release, 2, new Cutoffs.Listed(cutoffs), KnownWhen.RECORDED),
              null)) {
        for (FeatureRow row : at.rows()) {
          List<@Nullable Object> expected =
              RowsByHand.features(
                  row, written.at(main, at.cutoff().at()), written.at(other, at.cutoff().at()));
          expected.add(written.capacity(row.unit(), at.cutoff().at()));
          assertThat(row.features())
              .as("%s of %d at %s", row.unit(), row.period(), at.cutoff().at())
              .isEqualTo(expected);
          Double target =
              release.isLatest()
                  ? written
                      .at(main, Instant.MAX)
                      .getOrDefault(row.unit() + ".a", new TreeMap<>())
                      .get(row.period() + 1)
                  : written.released(main, row.unit() + ".a", row.period() + 1, release.number());
          assertThat(Double.valueOf(row.target()))
              .isEqualTo(target == null ? Double.valueOf(Double.NaN) : target);
          compared++;
        }
        RowsByHand.assertUnits(at, written.at(main, at.cutoff().at()));
      }
    }
    assertThat(compared).isGreaterThan(1_000);
  }

  @Test
  void whateverIsWrittenAfterACutoffChangesNothingOfIt() {
    List<Instant> cutoffs = written.instants(main);
    FeatureSetDefinition definition =
        byHand.definition(Release.FIRST, 1, new Cutoffs.Listed(cutoffs), KnownWhen.RECORDED);
    List<AtCutoff> first = byHand.rows(definition, null);
    Instant asOf = Instant.now().truncatedTo(ChronoUnit.MICROS);
    FeatureSetDefinition latest =
        byHand.definition(Release.LATEST, 1, new Cutoffs.EachVintage(), KnownWhen.RECORDED);
    String past = byHand.rows(latest, asOf).toString();
    Instant bound = Instant.now().plus(BOUND);
    for (int i = 0;
        i < LATER && (i < 20 || ASKED_FOR != null || Instant.now().isBefore(bound));
        i++) {
      writeSomething(2000 + RANDOM.nextInt(30));
      if (i % RowsByHand.between(LATER) > 0) {
        continue;
      }
      List<AtCutoff> now = byHand.rows(definition, null);
      assertThat(RowsByHand.withoutTargets(now)).isEqualTo(RowsByHand.withoutTargets(first));
      RowsByHand.assertTargetsStay(first, now);
      first = now;
      if (i % (10 * RowsByHand.between(LATER)) == 0) {
        assertThat(byHand.rows(latest, asOf).toString()).isEqualTo(past);
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
            new Target(RowsByHand.source(null, "a"), 1, Release.FIRST),
            new Cutoffs.EachVintage(),
            KnownWhen.RECORDED,
            1,
            Scale.NONE);
    Statements counted = Statements.begin();
    long start = System.nanoTime();
    try {
      assertThat(byHand.rows(definition, Map.of(large.code(), large), null))
          .hasSize(60)
          .allMatch(at -> at.rows().size() == 100);
    } finally {
      Statements.end();
    }
    System.out.printf("100 x 60 x 20: %d ms%n", (System.nanoTime() - start) / 1_000_000);
    assertThat(counted.count()).isEqualTo(2);
  }
}
