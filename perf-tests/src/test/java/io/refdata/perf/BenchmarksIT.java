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
 * Runs the benchmarks, small in every build and full with {@code -Pperf}, and writes their results
 * to {@code target/report}.
 */
class BenchmarksIT {
  private static final Path REPORT = Path.of("target", "report");
  private static final int MAX_FACILITIES = 20_000;
  private static final int MAX_OBSERVATIONS = 2_000_000;

  /**
   * The best round of a turn counts. Client and server either share one core or wake each other on
   * two cores, and stay so for a while: this makes a short read take 45 or 145 microseconds on
   * either side of the comparison.
   */
  private static final int ROUNDS_PER_TURN = 4;

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

  /** The time of a benchmark as a multiple of the time of binary COPY, turn by turn. */
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
  void frequentReadsTakeNotMuchLongerThanPlainJdbc() throws Exception {
    Files.createDirectories(REPORT);
    List<Collection<RunResult>> rounds =
        rounds(
            Scale.turns() * ROUNDS_PER_TURN,
            HotReadBenchmark.class,
            "hot-reads.json",
            Map.of(
                "facilities",
                facilities(),
                "observations",
                Math.min(Scale.observations(), MAX_OBSERVATIONS)));
    for (String read : List.of("item", "page", "year")) {
      Ratio ratio = new Ratio("jdbc-" + read, "us");
      for (int i = 0; i < rounds.size(); i += ROUNDS_PER_TURN) {
        List<Collection<RunResult>> turn = rounds.subList(i, i + ROUNDS_PER_TURN);
        ratio.add(least(turn, read), least(turn, read + "ByHand"));
      }
      Gate.measured(ratio.measurement());
    }
    Ratio bookkeeping = new Ratio("statement-bookkeeping", "us");
    for (int i = 0; i < rounds.size(); i += ROUNDS_PER_TURN) {
      List<Collection<RunResult>> turn = rounds.subList(i, i + ROUNDS_PER_TURN);
      bookkeeping.add(least(turn, "bookkeeping"), least(turn, "item"));
    }
    Gate.measured(bookkeeping.measurement());
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
    for (ListQuery query : ListQuery.values()) {
      measure(rounds, query, "asOfTheBeginning", "beginning");
      measure(rounds, query, "asOfTheMiddle", "middle");
      measure(rounds, query, "asOfAMomentAgo", "moment");
    }
    measureLast(rounds, ListQuery.LAST, ListQuery.ALL);
    measureLast(rounds, ListQuery.LAST_BY_CAPACITY, ListQuery.BY_CAPACITY);
    measureLast(rounds, ListQuery.LAST_BY_REGION, ListQuery.BY_REGION);
  }

  @Test
  void toRecordADurationTakesAFewNanoseconds() throws Exception {
    Files.createDirectories(REPORT);
    List<Collection<RunResult>> rounds =
        rounds(Scale.turns(), RecordBenchmark.class, "record.json", Map.of());
    Gate.measured(
        Measurement.of(
            "metrics-record",
            rounds.stream()
                .mapToDouble(round -> round.iterator().next().getPrimaryResult().getScore())));
  }

  /** There is no target: record 11 has the figures. Here both paths must read the same. */
  @Test
  void itemsAreTheSameAsRowsAndAsEntities() throws Exception {
    Files.createDirectories(REPORT);
    rounds(1, ReadPathBenchmark.class, "read-paths.json", Map.of("facilities", facilities()));
  }

  private static void measure(
      List<Collection<RunResult>> rounds, ListQuery query, String benchmark, String name) {
    String list = query.name().toLowerCase(Locale.ROOT).replace('_', '-');
    Ratio ratio = new Ratio("past-" + list + "-" + name, "us");
    for (Collection<RunResult> round : rounds) {
      ratio.add(microseconds(round, benchmark, query), microseconds(round, "current", query));
    }
    Gate.measured(ratio.measurement());
  }

  /** The time of the last page of a current list as a multiple of the time of the first. */
  private static void measureLast(
      List<Collection<RunResult>> rounds, ListQuery last, ListQuery first) {
    Ratio ratio = new Ratio("page-" + last.name().toLowerCase(Locale.ROOT).replace('_', '-'), "us");
    for (Collection<RunResult> round : rounds) {
      ratio.add(microseconds(round, "current", last), microseconds(round, "current", first));
    }
    Gate.measured(ratio.measurement());
  }

  /** The smallest of the medians of some rounds. */
  private static double least(List<Collection<RunResult>> rounds, String benchmark) {
    return rounds.stream().mapToDouble(round -> microseconds(round, benchmark)).min().orElseThrow();
  }

  private static int facilities() {
    return Math.min(Scale.facilities(), MAX_FACILITIES);
  }

  /**
   * Runs a benchmark round by round, so that other work on the machine disturbs all of its methods
   * alike. The first round does not count, because the method that runs first warms up the others.
   *
   * @param counted how many rounds count
   * @param report the name of the file for the last round
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
      Collection<RunResult> results, String benchmark, ListQuery query) {
    return microseconds(
        results.stream()
            .filter(result -> result.getParams().getParam("query").equals(query.name()))
            .toList(),
        benchmark);
  }

  /** The median: on a shared machine, other work distorts a mean. */
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
