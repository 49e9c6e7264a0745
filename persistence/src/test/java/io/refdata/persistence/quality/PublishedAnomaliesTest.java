package io.refdata.persistence.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withPrecision;

import io.refdata.db.PublishedFiles;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.quality.ExaminedSeries;
import io.refdata.domain.quality.ExaminedSeries.Origin;
import io.refdata.domain.quality.OddValues;
import io.refdata.domain.quality.OddValues.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The shares of values of published files that count as odd as they are, and of mistakes put into
 * them that are found. {@code -Drefdata.data=DIR} reads the whole files; their figures are in
 * docs/lab/quality.md.
 */
class PublishedAnomaliesTest {
  private static final int LATEST_YEARS = 5;

  /** The figures of a file, in percent. */
  private record Figures(int series, int examined, double flagged, Map<Double, Double> found) {
    private double found(double factor) {
      return found.getOrDefault(factor, 0.0);
    }
  }

  private static Figures figures(
      Iterable<SortedMap<Long, Double>> all, Frequency frequency, int latest) {
    int series = 0;
    int examined = 0;
    int flagged = 0;
    int mistakes = 0;
    Map<Double, Integer> hits = new TreeMap<>();
    for (SortedMap<Long, Double> values : all) {
      series++;
      Found clean = OddValues.find(series(values, -1, 1), frequency, latest);
      examined += clean.examined();
      flagged += clean.odd().size();
      for (Map.Entry<Long, Double> entry :
          List.copyOf(values.entrySet())
              .subList(Math.max(0, values.size() - latest), values.size())) {
        long period = entry.getKey();
        if (entry.getValue() == 0 || only(values, period, 1, frequency).examined() == 0) {
          continue;
        }
        mistakes++;
        for (double factor : new double[] {10, 0.1, 0.5}) {
          hits.merge(factor, only(values, period, factor, frequency).odd().size(), Integer::sum);
        }
      }
    }
    Map<Double, Double> found = new TreeMap<>();
    for (Map.Entry<Double, Integer> hit : hits.entrySet()) {
      found.put(hit.getKey(), 100.0 * hit.getValue() / mistakes);
    }
    return new Figures(series, examined, 100.0 * flagged / examined, found);
  }

  /** Examines one value, multiplied by a factor. */
  private static Found only(
      SortedMap<Long, Double> values, long period, double factor, Frequency frequency) {
    return OddValues.find(series(values, period, factor), frequency, 0);
  }

  /** All values as inserted, or one of them as revised and multiplied. */
  private static ExaminedSeries series(
      SortedMap<Long, Double> values, long revised, double factor) {
    ExaminedSeries series = new ExaminedSeries(1, "A");
    values.forEach(
        (period, value) -> {
          if (revised < 0) {
            series.add(period, value, Origin.INSERTED);
          } else if (period <= revised) {
            series.add(
                period,
                period == revised ? value * factor : value,
                period == revised ? Origin.REVISED : Origin.BEFORE);
          }
        });
    return series;
  }

  private static List<String> lines(String file) throws IOException {
    return Files.readAllLines(PublishedFiles.path(file));
  }

  private static Iterable<SortedMap<Long, Double>> prices() throws IOException {
    SortedMap<Long, Double> prices = new TreeMap<>();
    for (String line : lines("brent-daily.csv").subList(1, lines("brent-daily.csv").size())) {
      String[] cells = line.split(",", -1);
      if (!cells[1].isEmpty()) {
        prices.put(
            Frequency.D.number(Frequency.startOf(cells[0]).orElseThrow()) + 100_000L,
            Double.valueOf(cells[1]));
      }
    }
    return List.of(prices);
  }

  private static Iterable<SortedMap<Long, Double>> emissions() throws IOException {
    List<String> lines = lines("co2-2020-08.csv");
    List<String> header = List.of(lines.get(0).split(",", -1));
    int year = header.indexOf("year");
    Map<String, SortedMap<Long, Double>> series = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = cells(line);
      for (int i = 0; i < cells.size(); i++) {
        String name = header.get(i);
        if (!cells.get(i).isEmpty() && !List.of("iso_code", "country", "year").contains(name)) {
          series
              .computeIfAbsent(
                  cells.get(header.indexOf("country")) + "." + name, key -> new TreeMap<>())
              .put(Math.round(Double.parseDouble(cells.get(year))), Double.valueOf(cells.get(i)));
        }
      }
    }
    return series.values();
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  @Test
  void mistakesInDailyPricesAreFoundAndTheRestIsLeftAlone() throws IOException {
    Figures figures = figures(prices(), Frequency.D, 1_000_000);
    System.out.println("brent-daily.csv: " + figures);
    assertThat(figures.flagged()).isLessThanOrEqualTo(PublishedFiles.areWhole() ? 0.2 : 1.0);
    assertThat(figures.found(10)).isEqualTo(100, withPrecision(0.1));
    assertThat(figures.found(0.1)).isEqualTo(100, withPrecision(0.1));
  }

  /** The latest years of each series, as a new edition brings them. */
  @Test
  void mistakesInYearlyEmissionsAreFoundAndTheRestIsLeftAlone() throws IOException {
    Figures figures = figures(emissions(), Frequency.A, LATEST_YEARS);
    System.out.println("co2-2020-08.csv: " + figures);
    assertThat(figures.flagged()).isLessThanOrEqualTo(2.1);
    assertThat(figures.found(10)).isGreaterThanOrEqualTo(88);
    assertThat(figures.found(0.1)).isGreaterThanOrEqualTo(88);
  }
}
