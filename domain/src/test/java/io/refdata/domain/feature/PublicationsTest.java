package io.refdata.domain.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.feature.SeriesVersions.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Publications in several files against the states that were known when each was complete. */
class PublicationsTest {
  private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");

  @Test
  void aPublicationIsKnownAsItsLastFileLeftIt() {
    TreeMap<Integer, Instant> published = new TreeMap<>();
    published.put(3, START);
    published.put(5, START);
    published.put(9, START.plusSeconds(1));
    Publications publications = new Publications(published);
    assertThat(List.of(3, 4, 5, 9, 12).stream().map(publications::last))
        .containsExactly(5, 4, 5, 9, 12);
    Version corrected = publications.of(new Version(50, 1, 3, 5));
    Version stays = publications.of(new Version(50, 2, 5, null));
    SeriesVersions series = new SeriesVersions(publications.last(3), List.of(corrected, stays));
    assertThat(series.at(3).size()).isZero();
    assertThat(series.at(5).at(50)).isEqualTo(2);
    assertThat(series.released(50, Release.FIRST, 9)).isEqualTo(2);
  }

  @Test
  void releasesAreCountedInPublications() {
    Random random = new Random(54);
    for (int run = 0; run < 300; run++) {
      TreeMap<Integer, Instant> published = new TreeMap<>();
      List<Version> versions = new ArrayList<>();
      Map<Long, Integer> from = new HashMap<>();
      Map<Long, @Nullable Double> values = new HashMap<>();
      TreeMap<Instant, Map<Long, @Nullable Double>> known = new TreeMap<>();
      TreeMap<Instant, Boolean> touched = new TreeMap<>();
      Instant at = START;
      for (int revision = 1; revision <= 12; revision++) {
        at = at.plusSeconds(random.nextInt(2));
        published.put(revision, at);
        for (long period = 0; period < 3; period++) {
          if (random.nextInt(3) == 0) {
            touched.put(at, true);
            Double before = values.get(period);
            if (before != null) {
              versions.add(
                  new Version(period, before, Objects.requireNonNull(from.get(period)), revision));
            }
            if (before != null && random.nextInt(3) == 0) {
              values.remove(period);
            } else {
              values.put(period, (double) revision);
              from.put(period, revision);
            }
          }
        }
        known.put(at, new HashMap<>(values));
      }
      values.forEach(
          (period, value) ->
              versions.add(
                  new Version(
                      period,
                      Objects.requireNonNull(value),
                      Objects.requireNonNull(from.get(period)),
                      null)));
      Publications publications = new Publications(published);
      SeriesVersions series =
          new SeriesVersions(1, versions.stream().map(publications::of).toList());
      for (long period = 0; period < 3; period++) {
        for (int number = 1; number < 5; number++) {
          assertThat(Double.valueOf(series.released(period, new Release(number), 12)))
              .as("run %d, period %d, release %d", run, period, number)
              .isEqualTo(released(known, touched, period, number));
        }
      }
    }
  }

  private static Double released(
      TreeMap<Instant, Map<Long, @Nullable Double>> known,
      TreeMap<Instant, Boolean> touched,
      long period,
      int number) {
    int release = 0;
    for (Instant at : touched.keySet()) {
      Double value = Objects.requireNonNull(known.get(at)).get(period);
      if (release > 0 || value != null) {
        release++;
        if (release == number) {
          return value == null ? Double.valueOf(Double.NaN) : value;
        }
      }
    }
    return Double.NaN;
  }
}
