package io.refdata.perf;

import io.refdata.perf.gate.Gate;
import io.refdata.perf.gate.Measurement;
import io.refdata.perf.gate.Scale;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks, small in every build and full with {@code -Pperf}, and keeps their results
 * in {@code target/report}.
 */
class BenchmarksIT {
  private static final Path REPORT = Path.of("target", "report");
  private static final int MOST_FACILITIES = 20_000;
  private static final int MOST_OBSERVATIONS = 2_000_000;

  /**
   * Of which the best counts. Client and server take turns on one core or wake each other on two,
   * and keep to it for a while: a short read takes 45 or 145 microseconds, whoever sends it.
   */
  private static final int ROUNDS_A_TURN = 4;

  @Test
  void stagingByBinaryCopyBeatsJdbcBatches() throws Exception {
    Files.createDirectories(REPORT);
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(StagingBenchmark.class.getSimpleName())
                    .param("rows", Integer.toString(Scale.observations() / 5))
                    .warmupIterations(2)
                    .measurementIterations(Scale.turns())
                    // In this JVM: each benchmark starts a database of its own.
                    .forks(0)
                    .shouldFailOnError(true)
                    .resultFormat(ResultFormatType.JSON)
                    .result(REPORT.resolve("staging.json").toString())
                    .build())
            .run();
    Gate.measured(multiples("staging-text", results, "textCopy"));
    Gate.measured(multiples("staging-batches", results, "jdbcBatch"));
  }

  /** Of the time of binary COPY, turn by turn. */
  private static Measurement multiples(String id, Collection<RunResult> results, String benchmark) {
    List<Double> binary = millis(results, "binaryCopy");
    List<Double> other = millis(results, benchmark);
    Ratio ratio = new Ratio(id, "ms");
    for (int turn = 0; turn < binary.size(); turn++) {
      ratio.addRates(binary.get(turn), other.get(turn));
    }
    return ratio.measurement();
  }

  @Test
  void whatIsReadMostTakesNotMuchLongerThanByPlainJdbc() throws Exception {
    Files.createDirectories(REPORT);
    List<Collection<RunResult>> rounds =
        rounds(
            Scale.turns() * ROUNDS_A_TURN,
            HotReadBenchmark.class,
            "hot-reads.json",
            Map.of(
                "facilities",
                facilities(),
                "observations",
                Math.min(Scale.observations(), MOST_OBSERVATIONS)));
    for (String read : List.of("item", "page", "year")) {
      Ratio ratio = new Ratio("jdbc-" + read, "us");
      for (int i = 0; i < rounds.size(); i += ROUNDS_A_TURN) {
        List<Collection<RunResult>> turn = rounds.subList(i, i + ROUNDS_A_TURN);
        ratio.add(least(turn, read), least(turn, read + "ByHand"));
      }
      Gate.measured(ratio.measurement());
    }
  }

  @Test
  void aPastListTakesNotMuchLongerThanACurrentOne() throws Exception {
    Files.createDirectories(REPORT);
    List<Collection<RunResult>> rounds =
        rounds(
            Scale.turns(),
            PastListBenchmark.class,
            "past-lists.json",
            Map.of("facilities", facilities()));
    for (PastListBenchmark.Asked asked : PastListBenchmark.Asked.values()) {
      measured(rounds, asked, "asOfTheBeginning", "beginning");
      measured(rounds, asked, "asOfTheMiddle", "middle");
      measured(rounds, asked, "asOfAMomentAgo", "moment");
    }
  }

  private static void measured(
      List<Collection<RunResult>> rounds,
      PastListBenchmark.Asked asked,
      String benchmark,
      String name) {
    String list = asked.name().toLowerCase(Locale.ROOT).replace('_', '-');
    Ratio ratio = new Ratio("past-" + list + "-" + name, "us");
    for (Collection<RunResult> round : rounds) {
      ratio.add(microseconds(round, benchmark, asked), microseconds(round, "current", asked));
    }
    Gate.measured(ratio.measurement());
  }

  /** The least of the medians of some rounds. */
  private static double least(List<Collection<RunResult>> rounds, String benchmark) {
    return rounds.stream().mapToDouble(round -> microseconds(round, benchmark)).min().orElseThrow();
  }

  private static int facilities() {
    return Math.min(Scale.facilities(), MOST_FACILITIES);
  }

  /**
   * Runs a benchmark round by round, so that what else runs on the machine comes upon all of its
   * methods alike. What is measured first pays for what the others find warm, so the first round
   * does not count.
   *
   * @param counted how many rounds do
   * @param report the name of the file that keeps the last round
   */
  private static List<Collection<RunResult>> rounds(
      int counted, Class<?> benchmark, String report, Map<String, Integer> parameters)
      throws RunnerException {
    TimeValue time = TimeValue.milliseconds(100L * Scale.seconds());
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(benchmark.getSimpleName())
            .warmupIterations(1)
            .warmupTime(time)
            .measurementIterations(1)
            .measurementTime(time)
            .forks(0)
            .shouldFailOnError(true)
            .resultFormat(ResultFormatType.JSON)
            .result(REPORT.resolve(report).toString());
    parameters.forEach((name, value) -> options.param(name, value.toString()));
    new Runner(options.build()).run();
    List<Collection<RunResult>> rounds = new ArrayList<>();
    for (int i = 0; i < counted; i++) {
      rounds.add(new Runner(options.build()).run());
    }
    return rounds;
  }

  private static double microseconds(
      Collection<RunResult> results, String benchmark, PastListBenchmark.Asked asked) {
    return microseconds(
        results.stream()
            .filter(result -> result.getParams().getParam("asked").equals(asked.name()))
            .toList(),
        benchmark);
  }

  /** The median: on a shared machine a mean is made by what else ran there. */
  private static double microseconds(Collection<RunResult> results, String benchmark) {
    return results.stream()
        .map(RunResult::getPrimaryResult)
        .filter(result -> result.getLabel().equals(benchmark))
        .mapToDouble(result -> result.getStatistics().getPercentile(50))
        .findFirst()
        .orElseThrow();
  }

  private static List<Double> millis(Collection<RunResult> results, String benchmark) {
    return results.stream()
        .filter(result -> result.getPrimaryResult().getLabel().equals(benchmark))
        .flatMap(result -> result.getBenchmarkResults().stream())
        .flatMap(result -> result.getIterationResults().stream())
        .map(iteration -> iteration.getPrimaryResult().getScore())
        .toList();
  }
}
