package io.refdata.perf.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A run as files: to look at, to compare with, and a picture to show. */
final class Report {
  private final Outcome outcome;

  Report(Outcome outcome) {
    this.outcome = outcome;
  }

  /**
   * Writes {@code report.json}, {@code index.html} and {@code latency.svg}.
   *
   * @return the page
   */
  Path write(Path directory) throws IOException {
    Files.createDirectories(directory);
    JsonReport.of(outcome).write(directory.resolve("report.json"));
    Files.writeString(directory.resolve("latency.svg"), Plots.latency(outcome.results()));
    return Files.writeString(directory.resolve("index.html"), new HtmlReport(outcome).page());
  }
}
