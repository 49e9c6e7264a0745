package io.refdata.perf.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the files of a run: a page to read, a baseline for later runs, and a picture. */
final class Report {
  private final Outcome outcome;

  Report(Outcome outcome) {
    this.outcome = outcome;
  }

  /**
   * Writes {@code report.json}, {@code index.html} and {@code latency.svg}.
   *
   * @return the path of the page
   */
  Path write(Path directory) throws IOException {
    Files.createDirectories(directory);
    JsonReport.of(outcome).write(directory.resolve("report.json"));
    Files.writeString(directory.resolve("latency.svg"), Plots.latency(outcome.results()));
    return Files.writeString(directory.resolve("index.html"), new HtmlReport(outcome).page());
  }
}
