package io.refdata.persistence.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.feature.Cutoffs;
import io.refdata.domain.feature.FeatureDataset;
import io.refdata.domain.feature.FeatureRow;
import io.refdata.domain.feature.FeatureRows.AtCutoff;
import io.refdata.domain.feature.FeatureSetDefinition;
import io.refdata.domain.feature.KnownWhen;
import io.refdata.domain.feature.Release;
import io.refdata.persistence.feature.WrittenSeries.Write;
import io.refdata.persistence.sql.Statements;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Rows by publication against brute force: editions of the past that are loaded today, editions in
 * several files, pushes between them, and what comes later.
 */
@SuppressWarnings("NullAway.Init")
class PublishedRowsIT {
  private static final @Nullable Integer ASKED_FOR = Integer.getInteger("refdata.features.later");
  private static final int LATER = Objects.requireNonNullElse(ASKED_FOR, 200);

  /** Unless a number is asked for, a busy machine does not get through all of them. */
  private static final Duration BOUND = Duration.ofSeconds(8);

  private static final Instant START = Instant.parse("2010-06-15T12:00:00Z");
  private static final Random RANDOM = new Random(Long.getLong("refdata.features.seed", 47));

  private static WrittenSeries written;
  private static FeatureDataset main;
  private static FeatureDataset other;
  private static RowsByHand byHand;

  /** The last publication of each dataset. */
  private static final Map<Integer, Instant> LAST = new HashMap<>();

  @BeforeAll
  static void write() {
    written = new WrittenSeries();
    main = written.dataset("MAIN");
    other = written.dataset("OTHER");
    byHand = new RowsByHand(written, main, other);
    for (int i = 0; i < 60; i++) {
      FeatureDataset dataset = RANDOM.nextInt(3) == 0 ? other : main;
      if (i < 45) {
        Instant last = LAST.getOrDefault(dataset.id(), START);
        write(dataset, last.plus(RANDOM.nextInt(3) * 40L, ChronoUnit.DAYS));
      } else {
        writeLater(dataset);
      }
    }
  }

  @AfterAll
  static void stop() {
    written.close();
  }

  /** A push, an edition, another file of the last edition, or one of a sender who is ahead. */
  private static void writeLater(FeatureDataset dataset) {
    Instant last = LAST.getOrDefault(dataset.id(), START);
    switch (RANDOM.nextInt(16)) {
      case 0, 1 -> write(dataset, last);
      case 2, 3, 4, 5, 6 -> write(dataset, null);
      case 7, 8, 9, 10 -> {
        long passed = ChronoUnit.MICROS.between(last, Instant.now());
        write(dataset, last.plus(passed / 2, ChronoUnit.MICROS));
      }
      default -> write(dataset, Instant.now().plusSeconds(3_600).truncatedTo(ChronoUnit.MICROS));
    }
  }

  private static void write(FeatureDataset dataset, @Nullable Instant published) {
    Map<String, Write> writes = new TreeMap<>();
    for (int i = RANDOM.nextInt(30); i >= 0; i--) {
      String key = "P" + RANDOM.nextInt(6) + "." + (RANDOM.nextInt(4) == 0 ? "b" : "a");
      int year = 2000 + RANDOM.nextInt(20);
      boolean gone = RANDOM.nextInt(5) == 0;
      writes.put(key + year, new Write(key, year, gone ? null : RANDOM.nextGaussian() * 100));
    }
    Instant recorded = written.write(dataset, List.copyOf(writes.values()), published);
    LAST.put(dataset.id(), written.publication(recorded));
  }

  private static FeatureSetDefinition definition(Release release, int periods, Cutoffs cutoffs) {
    return byHand.definition(release, periods, cutoffs, KnownWhen.PUBLISHED);
  }

  /** The values that were recorded in a dataset by one instant, and published by another. */
  private static Map<String, NavigableMap<Long, Double>> known(
      FeatureDataset dataset, Instant cutoff, Instant asOf) {
    Map<String, NavigableMap<Long, Double>> known = Map.of();
    for (var state : written.states(dataset).headMap(asOf, true).entrySet()) {
      if (!written.publication(state.getKey()).isAfter(cutoff)) {
        known = state.getValue();
      }
    }
    return known;
  }

  /** The value of a period in one of the publications that changed its series; null for none. */
  private static @Nullable Double released(String key, long period, Release release, Instant asOf) {
    NavigableMap<Instant, NavigableMap<Long, Double>> ends = new TreeMap<>();
    Set<Instant> touched = new HashSet<>();
    NavigableMap<Long, Double> before = new TreeMap<>();
    for (var state : written.states(main).headMap(asOf, true).entrySet()) {
      Instant published = written.publication(state.getKey());
      NavigableMap<Long, Double> values = state.getValue().getOrDefault(key, new TreeMap<>());
      if (!values.equals(before)) {
        touched.add(published);
      }
      ends.put(published, values);
      before = values;
    }
    if (release.isLatest()) {
      return before.get(period);
    }
    int number = 0;
    for (var end : ends.entrySet()) {
      boolean counts = number > 0 || end.getValue().containsKey(period);
      if (touched.contains(end.getKey()) && counts && ++number == release.number()) {
        return end.getValue().get(period);
      }
    }
    return null;
  }

  private static Set<Instant> publications(FeatureDataset dataset, Instant asOf) {
    Set<Instant> all = new TreeSet<>();
    written
        .states(dataset)
        .headMap(asOf, true)
        .keySet()
        .forEach(at -> all.add(written.publication(at)));
    return all;
  }

  @Test
  void rowsAreThoseOfReadsOfWhatWasPublishedByTheirCutoffs() {
    List<Instant> cutoffs = new ArrayList<>();
    for (FeatureDataset dataset : List.of(main, other)) {
      for (Instant at : publications(dataset, Instant.MAX)) {
        cutoffs.add(at);
        cutoffs.add(at.minus(1, ChronoUnit.MICROS));
        cutoffs.add(at.plus(RANDOM.nextInt(10), ChronoUnit.MICROS));
      }
    }
    Instant now = Instant.now();
    cutoffs.removeIf(cutoff -> !cutoff.isBefore(now));
    List<Instant> recorded = written.instants(main);
    List<@Nullable Instant> answers = new ArrayList<>();
    answers.add(null);
    answers.add(recorded.get(recorded.size() / 3));
    answers.add(recorded.get(recorded.size() - 3));
    int compared = 0;
    for (Instant asOf : answers) {
      Instant by = asOf == null ? Instant.MAX : asOf;
      for (Release release : List.of(Release.FIRST, Release.LATEST, new Release(3))) {
        var definition = definition(release, 2, new Cutoffs.Listed(cutoffs));
        for (AtCutoff at : byHand.rows(definition, asOf)) {
          var known = known(main, at.cutoff().at(), by);
          for (FeatureRow row : at.rows()) {
            assertThat(row.features())
                .as("%s of %d at %s as of %s", row.unit(), row.period(), at.cutoff().at(), asOf)
                .isEqualTo(RowsByHand.features(row, known, known(other, at.cutoff().at(), by)));
            Double target = released(row.unit() + ".a", row.period() + 1, release, by);
            assertThat(Double.valueOf(row.target()))
                .as("target of %s of %d, %s, as of %s", row.unit(), row.period(), release, asOf)
                .isEqualTo(target == null ? Double.valueOf(Double.NaN) : target);
            compared++;
          }
          RowsByHand.assertUnits(at, known);
        }
      }
    }
    assertThat(compared).isGreaterThan(2_000);
  }

  @Test
  void aVintageIsAPublication() {
    List<Instant> recorded = written.instants(main);
    Instant asOf = recorded.get(recorded.size() - 2);
    var vintages = definition(Release.FIRST, 1, new Cutoffs.EachVintage());
    Statements counted = Statements.begin();
    try {
      assertThat(byHand.rows(vintages, asOf).stream().map(at -> at.cutoff().at()))
          .containsExactlyElementsOf(publications(main, asOf));
    } finally {
      Statements.end();
    }
    assertThat(counted.count()).isEqualTo(2);
    var newest = definition(Release.FIRST, 1, new Cutoffs.Newest());
    Set<Instant> all = new TreeSet<>(publications(main, asOf));
    all.addAll(publications(other, asOf));
    Instant last = List.copyOf(all).get(all.size() - 1);
    assertThat(byHand.rows(newest, asOf).stream().map(at -> at.cutoff().at()))
        .containsExactly(last);
    Instant first = publications(main, asOf).iterator().next();
    assertThat(first).isBefore("2011-01-01T00:00:00Z");
    var yearly = definition(Release.FIRST, 1, new Cutoffs.Every(Period.ofYears(1)));
    assertThat(byHand.rows(yearly, asOf).get(0).cutoff().at()).isEqualTo("2011-01-01T00:00:00Z");
  }

  @Test
  void whateverIsPublishedAfterACutoffChangesNothingOfIt() {
    Instant settled =
        LAST.values().stream().min(Instant::compareTo).orElseThrow().minus(1, ChronoUnit.MICROS);
    List<Instant> cutoffs = new ArrayList<>(publications(main, Instant.MAX));
    cutoffs.removeIf(cutoff -> cutoff.isAfter(settled));
    cutoffs.add(settled);
    var definition = definition(Release.FIRST, 1, new Cutoffs.Listed(cutoffs));
    List<AtCutoff> first = byHand.rows(definition, null);
    assertThat(first).hasSizeGreaterThan(10);
    Instant asOf = Instant.now().truncatedTo(ChronoUnit.MICROS);
    var latest = definition(Release.LATEST, 1, new Cutoffs.EachVintage());
    String past = byHand.rows(latest, asOf).toString();
    boolean isLater = true;
    Instant bound = Instant.now().plus(BOUND);
    for (int i = 0;
        i < LATER && (i < 20 || ASKED_FOR != null || Instant.now().isBefore(bound));
        i++) {
      Map<Integer, Instant> before = Map.copyOf(LAST);
      writeLater(RANDOM.nextInt(3) == 0 ? other : main);
      isLater &= !LAST.equals(before);
      if (i % RowsByHand.between(LATER) > 0) {
        continue;
      }
      List<AtCutoff> now = byHand.rows(definition, null);
      assertThat(RowsByHand.withoutTargets(now)).isEqualTo(RowsByHand.withoutTargets(first));
      if (isLater) {
        // Another file of the last edition may still change what that edition says.
        RowsByHand.assertTargetsStay(first, now);
      }
      first = now;
      isLater = true;
      if (i % (10 * RowsByHand.between(LATER)) == 0) {
        assertThat(byHand.rows(latest, asOf).toString()).isEqualTo(past);
      }
    }
  }
}
