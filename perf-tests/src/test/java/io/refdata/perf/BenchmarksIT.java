package io.refdata.perf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
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
    // Round by round, so that what else runs on the machine comes upon all of them alike; what is
    // measured first pays for what the others find warm, so the first round does not count.
    pastLists();
    List<Collection<RunResult>> rounds = new ArrayList<>();
    for (int i = 0; i < Integer.getInteger("perf.past.rounds"); i++) {
      rounds.add(pastLists());
    }
    List<String> tooSlow = new ArrayList<>();
    for (PastListBenchmark.Asked asked : PastListBenchmark.Asked.values()) {
      for (String past : List.of("asOfTheBeginning", "asOfTheMiddle", "asOfAMomentAgo")) {
        double ratio =
            median(
                rounds,
                round -> microseconds(round, past, asked) / microseconds(round, "current", asked));
        String measured =
            "A list of 50 revisions each, %s, %s: %.2f times the current one's %.0f us"
                .formatted(
                    asked,
                    past,
                    ratio,
                    median(rounds, round -> microseconds(round, "current", asked)));
        System.out.println(measured);
        if (ratio > Double.parseDouble(System.getProperty(bound(asked, past)))) {
          tooSlow.add(measured);
        }
      }
    }
    assertThat(tooSlow).isEmpty();
  }

  private static String bound(PastListBenchmark.Asked asked, String past) {
    if (past.equals("asOfAMomentAgo")) {
      return "perf.past.anew";
    }
    return asked == PastListBenchmark.Asked.ALL ? "perf.past" : "perf.past.narrowed";
  }

  private static Collection<RunResult> pastLists() throws RunnerException {
    TimeValue time = TimeValue.milliseconds(Integer.getInteger("perf.past.millis"));
    return new Runner(
            new OptionsBuilder()
                .include(PastListBenchmark.class.getSimpleName())
                .param("facilities", System.getProperty("perf.facilities"))
                .warmupIterations(1)
                .warmupTime(time)
                .measurementIterations(1)
                .measurementTime(time)
                .forks(0)
                .shouldFailOnError(true)
                .resultFormat(ResultFormatType.JSON)
                .result(REPORT.resolve("past-lists.json").toString())
                .build())
        .run();
  }

  private static double median(
      List<Collection<RunResult>> rounds, ToDoubleFunction<Collection<RunResult>> value) {
    double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** The median: on a shared machine a mean is made by what else ran there. */
  private static double microseconds(
      Collection<RunResult> results, String benchmark, PastListBenchmark.Asked asked) {
    return results.stream()
        .filter(result -> result.getParams().getParam("asked").equals(asked.name()))
        .map(RunResult::getPrimaryResult)
        .filter(result -> result.getLabel().equals(benchmark))
        .mapToDouble(result -> result.getStatistics().getPercentile(50))
        .findFirst()
        .orElseThrow();
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
