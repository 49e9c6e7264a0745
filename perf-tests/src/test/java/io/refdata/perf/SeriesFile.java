package io.refdata.perf;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * Writes files of daily values of many series. As with most providers, a file has series after
 * series, and each is ordered by time.
 */
final class SeriesFile {
  static final int SERIES = 1_000;
  static final LocalDate FIRST = LocalDate.of(1995, 1, 1);

  private SeriesFile() {}

  /** The code of a series' indicator. */
  static String code(int series) {
    return "PERF_" + series;
  }

  /**
   * Writes a file that the platform reads without a layout.
   *
   * @param revisedEach every n-th value differs from that of the file without revisions; 0 for none
   */
  static Path forPlatform(Path file, int rows, int revisedEach) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("indicator,time,value\n");
      write(
          rows,
          (series, day, number) -> {
            out.write(code(series));
            out.write(',');
            out.write(FIRST.plusDays(day).toString());
            out.write(',');
            out.write(value(number, revisedEach));
            out.write('\n');
          });
    }
    return file;
  }

  /** Writes the same rows with the columns of the table, the ids included. */
  static Path forCopy(Path file, int rows) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      write(
          rows,
          (series, day, number) -> {
            out.write(FIRST.plusDays(day).toString());
            out.write(" 00:00:00+00,");
            out.write(value(number, 0));
            out.write(",1,");
            out.write(Integer.toString(series + 1));
            out.write(",1,A\n");
          });
    }
    return file;
  }

  private static String value(int number, int revisedEach) {
    String value = number % 5_000 + "." + (char) ('0' + number % 10) + (char) ('0' + number % 7);
    return revisedEach > 0 && number % revisedEach == 0 ? value + "5" : value;
  }

  private interface Row {
    void write(int series, int day, int number) throws IOException;
  }

  private static void write(int rows, Row row) throws IOException {
    int days = rows / SERIES;
    for (int number = 0; number < days * SERIES; number++) {
      row.write(number / days, number % days, number);
    }
  }
}
