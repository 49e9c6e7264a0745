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
import org.openjdk.jmh.runner.options.TimeValue;

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
    double binary = score(results, "binaryCopy");
    double text = score(results, "textCopy");
    double batches = score(results, "jdbcBatch");
    System.out.printf(
        "Staging, as multiples of binary COPY's time: text COPY %.2f, JDBC batches %.2f%n",
        text / binary, batches / binary);
    assertThat(batches).isGreaterThan(binary);
  }

  @Test
  void aPastListTakesNotMuchLongerThanACurrentOne() throws Exception {
    Files.createDirectories(REPORT);
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(PastListBenchmark.class.getSimpleName())
                    .param("facilities", System.getProperty("perf.facilities", "1000"))
                    .warmupIterations(Integer.getInteger("perf.iterations", 2))
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(Integer.getInteger("perf.iterations", 2))
                    .measurementTime(TimeValue.seconds(1))
                    .forks(0)
                    .shouldFailOnError(true)
                    .resultFormat(ResultFormatType.JSON)
                    .result(REPORT.resolve("past-lists.json").toString())
                    .build())
            .run();
    for (PastListBenchmark.Asked asked : PastListBenchmark.Asked.values()) {
      double current = microseconds(results, "current", asked);
      double past = microseconds(results, "asOf", asked);
      System.out.printf(
          "A list as of the middle of 50 revisions, %s: %.0f us, %.2f times the current one's"
              + " %.0f%n",
          asked, past, past / current, current);
    }
    assertThat(microseconds(results, "asOf", PastListBenchmark.Asked.ALL))
        .isLessThan(
            Double.parseDouble(System.getProperty("perf.past", "3"))
                * microseconds(results, "current", PastListBenchmark.Asked.ALL));
  }

  private static double microseconds(
      Collection<RunResult> results, String benchmark, PastListBenchmark.Asked asked) {
    return score(
        results.stream()
            .filter(result -> result.getParams().getParam("asked").equals(asked.name()))
            .toList(),
        benchmark);
  }

  private static double score(Collection<RunResult> results, String benchmark) {
    return results.stream()
        .map(RunResult::getPrimaryResult)
        .filter(result -> result.getLabel().equals(benchmark))
        .mapToDouble(Result::getScore)
        .findFirst()
        .orElseThrow();
  }
}
