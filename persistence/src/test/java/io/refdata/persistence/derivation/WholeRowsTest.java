package io.refdata.persistence.derivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refdata.domain.aggregation.Composition;
import io.refdata.domain.aggregation.Composition.Link;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.derivation.ListedRows.Listed;
import io.refdata.persistence.observation.ObservationRows;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WholeRowsTest {
  private static final List<Link> UNION =
      List.of(
          link("EU", "FRA", null, null),
          link("EU", "DEU", null, null),
          link("EU", "POL", "2004-05-01", null),
          link("EU", "GBR", "1973-01-01", "2020-01-31"));

  @Test
  void whoJoinsWithinAYearCountsForAllOfItAndWhoLeavesDoesNot() throws Exception {
    List<Series> series = series("FRA", "DEU", "POL", "GBR");
    List<Listed> rows = new ArrayList<>();
    for (Series one : series) {
      for (int year : new int[] {2003, 2004, 2019, 2020}) {
        rows.add(new Listed(one, year(year), 1 << one.id(), "A"));
      }
    }
    assertThat(lines(rows(rows, series, UNION, "EU.co2", Aggregation.SUM, null)))
        .containsExactly(
            // FRA 1, DEU 2, POL 4, GBR 8
            "EU.co2 2003 11.0 A 1.0 []",
            "EU.co2 2004 15.0 A 1.0 []",
            "EU.co2 2019 15.0 A 1.0 []",
            "EU.co2 2020 7.0 A 1.0 []");
  }

  @Test
  void whoIsMissingIsNamed() throws Exception {
    List<Series> series = series("FRA", "DEU");
    List<Listed> rows =
        List.of(
            new Listed(series.get(0), year(2019), 5, "A"),
            new Listed(series.get(0), year(2020), Double.NaN, "M"),
            new Listed(series.get(1), year(2020), 3, "A"));
    assertThat(lines(rows(rows, series, UNION, "EU.co2", Aggregation.SUM, null)))
        .containsExactly(
            "EU.co2 2019 5.0 I 0.25 [DEU, GBR, POL]",
            "EU.co2 2020 3.0 I 0.3333333333333333 [FRA, POL]");
  }

  @Test
  void aSeriesOfItsOwnGoesFirstAndPartsAreNotShown() throws Exception {
    List<Series> series = series("FRA", "EU");
    List<Listed> rows =
        List.of(
            new Listed(series.get(0), year(2019), 5, "A"),
            new Listed(series.get(1), year(2019), 100, "A"));
    assertThat(lines(rows(rows, series, UNION, "EU.co2", Aggregation.SUM, null)))
        .containsExactly("EU.co2 2019 100.0 A NaN []");
    assertThat(lines(rows(rows.subList(0, 1), series, UNION, "EU.co2", Aggregation.SUM, null)))
        .as("it has no observations in the range")
        .isEmpty();
    assertThat(lines(rows(rows, series, UNION, "EU,FRA.co2", Aggregation.SUM, null)))
        .containsExactly("FRA.co2 2019 5.0 A NaN []", "EU.co2 2019 100.0 A NaN []");
  }

  @Test
  void membersWeighWhatAnotherDatasetSays() throws Exception {
    List<Series> series = series("FRA", "DEU", "POL", "GBR");
    List<Listed> rows = new ArrayList<>();
    List<Listed> people = new ArrayList<>();
    for (Series one : series) {
      rows.add(new Listed(one, year(2019), 10 * (one.id() + 1), "A"));
      if (one.id() < 3) {
        people.add(new Listed(one, year(2019), one.id() + 1, "A"));
      }
    }
    HeldColumns held = new HeldColumns("weight");
    held.read(new ListedRows(people));
    assertThat(lines(rows(rows, series, UNION, "EU.co2", Aggregation.SUM, new Weights(held, 0))))
        // (10·1 + 20·2 + 30·3) / 6
        .containsExactly("EU.co2 2019 23.333333333333332 I 0.75 [GBR]");
    HeldColumns twice = new HeldColumns("weight");
    twice.read(
        new ListedRows(
            List.of(
                new Listed(series.get(0), year(2019), 1, "A"),
                new Listed(
                    new Series(9, "FRA.x", List.of("FRA", "x"), null, null, null), 0, 1, "A"))));
    assertThatThrownBy(() -> new Weights(twice, 0))
        .isInstanceOf(UnansweredQuestion.class)
        .hasMessageContaining("FRA.co2 and FRA.x");
  }

  @Test
  void sumsAreThoseOfBruteForce() throws Exception {
    Random random = new Random(18);
    for (int trial = 0; trial < 200; trial++) {
      List<Link> links = new ArrayList<>();
      List<Series> series = series("A", "B", "C", "D", "E", "F");
      for (Series one : series) {
        String from = random.nextBoolean() ? null : day(random, 2000, 2006);
        String to = random.nextBoolean() ? null : day(random, 2006, 2012);
        links.add(link("G", one.dimensions().get(0), from, to));
      }
      List<Listed> rows = new ArrayList<>();
      for (Series one : series) {
        for (int year = 1999; year < 2014; year++) {
          if (random.nextInt(4) > 0) {
            double value = random.nextInt(9) == 0 ? Double.NaN : random.nextGaussian() * 1e3;
            rows.add(new Listed(one, year(year), value, "A"));
          }
        }
      }
      assertThat(lines(rows(rows, series, links, "G.co2", Aggregation.SUM, null)))
          .as("trial " + trial)
          .containsExactlyElementsOf(expected(links, rows));
    }
  }

  private static List<String> expected(List<Link> links, List<Listed> rows) {
    Map<Integer, Map<String, Double>> years = new TreeMap<>();
    for (Listed row : rows) {
      years
          .computeIfAbsent(
              1970 + (int) Math.round(row.micros() / 31_556_952e6), y -> new TreeMap<>())
          .put(row.series().dimensions().get(0), row.value());
    }
    List<String> lines = new ArrayList<>();
    years.forEach(
        (year, values) -> {
          LocalDate last = LocalDate.of(year, 12, 31);
          BigDecimal sum = BigDecimal.ZERO;
          List<String> missing = new ArrayList<>();
          int present = 0;
          boolean observed = false;
          for (Link link : links) {
            if (link.from() != null && link.from().isAfter(last)
                || link.to() != null && link.to().isBefore(last)) {
              continue;
            }
            Double value = values.get(link.part());
            observed |= value != null;
            if (value == null || value.isNaN()) {
              missing.add(link.part());
            } else {
              present++;
              sum = sum.add(new BigDecimal(value));
            }
          }
          if (observed) {
            lines.add(
                "G.co2 %d %s %s %s %s"
                    .formatted(
                        year,
                        present == 0 ? Double.NaN : sum.doubleValue(),
                        missing.isEmpty() ? "A" : "I",
                        present / (double) (present + missing.size()),
                        missing));
          }
        });
    return lines;
  }

  private static String day(Random random, int from, int to) {
    return LocalDate.of(from, 1, 1).plusDays(random.nextInt((to - from) * 365)).toString();
  }

  private static ObservationRows rows(
      List<Listed> rows,
      List<Series> series,
      List<Link> links,
      String key,
      Aggregation rule,
      @Nullable Weights weights) {
    List<List<Code>> pattern =
        Arrays.stream(key.split("\\."))
            .map(part -> Arrays.stream(part.split(",")).map(Code::new).toList())
            .toList();
    return new WholeRows(
        new ListedRows(rows),
        new SeriesSelection(List.of(pattern), List.of(), null, 0),
        series,
        new Composition(links),
        Frequency.A,
        one -> rule,
        weights);
  }

  private static List<String> lines(ObservationRows rows) throws Exception {
    List<String> lines = new ArrayList<>();
    while (rows.next()) {
      Instant start = Instant.EPOCH.plus(rows.micros(), ChronoUnit.MICROS);
      lines.add(
          "%s %s %s %s %s %s"
              .formatted(
                  rows.series().key(),
                  Frequency.A.format(start),
                  rows.value(),
                  rows.status(),
                  rows.coverage(),
                  rows.missing()));
    }
    return lines;
  }

  private static List<Series> series(String... regions) {
    List<Series> series = new ArrayList<>();
    for (String region : regions) {
      series.add(
          new Series(series.size(), region + ".co2", List.of(region, "co2"), "MT", null, null));
    }
    return series;
  }

  private static long year(int year) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(year + "-01-01T00:00:00Z"));
  }

  private static Link link(String whole, String part, @Nullable String from, @Nullable String to) {
    return new Link(
        whole,
        part,
        true,
        from == null ? null : LocalDate.parse(from),
        to == null ? null : LocalDate.parse(to));
  }
}
