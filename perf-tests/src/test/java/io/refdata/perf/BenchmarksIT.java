package io.refdata.perf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks, small in every build and full with {@code -Pperf}, and keeps their results
 * in {@code target/report}.
 */
class BenchmarksIT {
  private static final Path REPORT = Path.of("target", "report");

  @Test
  void stagingByBinaryCopyBeatsJdbcBatches() throws Exception {
    Files.createDirectories(REPORT);
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(StagingBenchmark.class.getSimpleName())
                    .param("rows", System.getProperty("perf.rows", "20000"))
                    .warmupIterations(2)
                    .measurementIterations(Integer.getInteger("perf.iterations", 2))
                    // In this JVM: each benchmark starts a database of its own.
                    .forks(0)
                    .shouldFailOnError(true)
                    .resultFormat(ResultFormatType.JSON)
                    .result(REPORT.resolve("staging.json").toString())
                    .build())
            .run();
    double binary = milliseconds(results, "binaryCopy");
    double text = milliseconds(results, "textCopy");
    double batches = milliseconds(results, "jdbcBatch");
    System.out.printf(
        "Staging, as multiples of binary COPY's time: text COPY %.2f, JDBC batches %.2f%n",
        text / binary, batches / binary);
    assertThat(batches).isGreaterThan(binary);
  }

  private static double milliseconds(Collection<RunResult> results, String benchmark) {
    return results.stream()
        .map(RunResult::getPrimaryResult)
        .filter(result -> result.getLabel().equals(benchmark))
        .mapToDouble(Result::getScore)
        .findFirst()
        .orElseThrow();
  }
}
