package io.refdata.perf.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.refdata.persistence.performance.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code report.json} of an earlier run. Only figures that mean the same on another machine are
 * compared, and only those measured in turns, because their noise is known.
 */
final class Baseline {
  private final String name;
  private final Map<String, Before> values = new LinkedHashMap<>();

  private record Before(double value, double noise, int turns) {}

  private Baseline(String name) {
    this.name = name;
  }

  /**
   * The baseline that {@code -Dperf.baseline=} names, relative to the directory where Maven was
   * started; null if there is no name.
   *
   * @throws UncheckedIOException if there is no such file, or it is not a report
   * @throws IllegalArgumentException if its run had another scale
   */
  static @Nullable Baseline ofRun() {
    String file = System.getProperty("perf.baseline", "");
    return file.isEmpty()
        ? null
        : read(Path.of(System.getProperty("perf.directory", "")).resolve(file), Scale.factor());
  }

  static Baseline read(Path file, double scale) {
    try {
      JsonNode report = new JsonMapper().readTree(file.toFile());
      double its = report.required("scale").asDouble();
      if (its != scale) {
        throw new IllegalArgumentException(
            "%s was measured at a scale of %s, this run is of %s".formatted(file, its, scale));
      }
      Baseline baseline = new Baseline(file.getFileName().toString());
      for (JsonNode result : report.required("results")) {
        baseline.values.put(
            result.required("id").asText(),
            new Before(
                result.required("value").asDouble(),
                result.required("noise").asDouble(),
                result.required("samples").size()));
      }
      return baseline;
    } catch (IOException e) {
      throw new UncheckedIOException(file + " is no report to compare with", e);
    }
  }

  /** The name of the file. */
  String name() {
    return name;
  }

  /** Compares a measurement with that of the earlier run; null if they cannot be compared. */
  @Nullable Comparison compare(Target target, Measurement now) {
    Before before = values.get(target.id());
    if (before == null
        || !target.unit().isComparable()
        || before.turns() < 2
        || now.samples().size() < 2) {
      return null;
    }
    return Comparison.of(target, before.value(), before.noise(), now);
  }
}
