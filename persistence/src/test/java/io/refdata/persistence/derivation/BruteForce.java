package io.refdata.persistence.derivation;

import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.domain.derivation.Resampling;
import io.refdata.domain.derivation.Transform;
import io.refdata.persistence.observation.Observations.Range;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Derivations as one would work them out on paper, from whole series in memory. */
final class BruteForce {
  private final Derivation derivation;
  private final @Nullable Aggregation aggregation;

  /** A result; its value is not finite if it is missing. */
  record Result(String series, long period, double value, double coverage) {}

  BruteForce(Derivation derivation, @Nullable Aggregation aggregation) {
    this.derivation = derivation;
    this.aggregation = aggregation;
  }

  /** The results of a series, whose values are by the first day of their periods. */
  List<Result> results(String series, NavigableMap<LocalDate, Double> values, Range asked) {
    NavigableMap<Long, double[]> all = resampled(values);
    List<Result> results = new ArrayList<>();
    for (Map.Entry<Long, double[]> entry : all.entrySet()) {
      long period = entry.getKey();
      Instant start = derivation.resultFrequency().startOf(period);
      if ((asked.from() == null || !start.isBefore(asked.from()))
          && (asked.before() == null || start.isBefore(asked.before()))) {
        double value = transformed(all, period);
        results.add(new Result(series, period, value, coverage(all, period, value)));
      }
    }
    if (asked.ends() == null || asked.ends().count() >= results.size()) {
      return results;
    }
    int count = asked.ends().count();
    return asked.ends().latest()
        ? results.subList(results.size() - count, results.size())
        : results.subList(0, count);
  }

  private NavigableMap<Long, double[]> resampled(NavigableMap<LocalDate, Double> values) {
    NavigableMap<Long, List<Double>> periods = new TreeMap<>();
    Frequency target = derivation.resultFrequency();
    values.forEach(
        (day, value) -> {
          LocalDate belongs = derivation.frequency() == Frequency.W ? day.plusDays(3) : day;
          Instant start =
              (derivation.resampled() == null ? day : belongs)
                  .atStartOfDay(ZoneOffset.UTC)
                  .toInstant();
          periods.computeIfAbsent(target.number(start), number -> new ArrayList<>()).add(value);
        });
    NavigableMap<Long, double[]> results = new TreeMap<>();
    periods.forEach(
        (number, each) -> {
          if (derivation.resampled() == null) {
            results.put(number, new double[] {each.get(0), Double.NaN});
            return;
          }
          Resampling resampling = derivation.resampled().resampling();
          List<Double> there = each.stream().filter(Double::isFinite).toList();
          double coverage = (double) there.size() / resampling.due(number);
          if (coverage >= derivation.resampled().minCoverage()) {
            results.put(number, new double[] {aggregate(there), coverage});
          }
        });
    return results;
  }

  private double aggregate(List<Double> values) {
    if (values.isEmpty() || aggregation == null) {
      return Double.NaN;
    }
    return switch (aggregation) {
      case SUM -> sum(values);
      case MEAN -> sum(values) / values.size();
      case FIRST -> values.get(0);
      case LAST -> values.get(values.size() - 1);
      case MIN -> values.stream().mapToDouble(value -> value).min().orElseThrow();
      case MAX -> values.stream().mapToDouble(value -> value).max().orElseThrow();
    };
  }

  private static double sum(List<Double> values) {
    return exactSum(values).doubleValue();
  }

  private static double mean(List<Double> values) {
    return exactSum(values)
        .divide(BigDecimal.valueOf(values.size()), new MathContext(400))
        .doubleValue();
  }

  private static BigDecimal exactSum(List<Double> values) {
    BigDecimal sum = BigDecimal.ZERO;
    for (double value : values) {
      sum = sum.add(new BigDecimal(value));
    }
    return sum;
  }

  private double transformed(NavigableMap<Long, double[]> all, long period) {
    double value = value(all, period);
    Transform transform = derivation.transform();
    if (transform == null) {
      return value;
    }
    Frequency frequency = derivation.resultFrequency();
    double before = value(all, period - 1);
    double result =
        switch (transform.name()) {
          case LIN -> value;
          case CHG -> value - before;
          case PCH -> (value / before - 1) * 100;
          case PCA ->
              (StrictMath.pow(value / before, frequency == Frequency.M ? 12 : perYear(frequency))
                      - 1)
                  * 100;
          case CCH -> (StrictMath.log(value) - StrictMath.log(before)) * 100;
          case CCA -> (StrictMath.log(value) - StrictMath.log(before)) * 100 * perYear(frequency);
          case LOG -> StrictMath.log(value);
          case CH1 -> value - yearAgo(all, period);
          case PC1 -> (value / yearAgo(all, period) - 1) * 100;
          case INDEX -> value / value(all, transform.base().orElseThrow()) * 100;
          case MA -> window(all, period, length(transform), true);
          case SUM -> window(all, period, length(transform), false);
          case EMA -> exponential(all, period);
        };
    return Double.isFinite(result) ? result : Double.NaN;
  }

  /** The least coverage of the values that a result is made of. */
  private double coverage(NavigableMap<Long, double[]> all, long period, double result) {
    double own = coverage(all, period);
    Transform transform = derivation.transform();
    if (transform == null || !Double.isFinite(result)) {
      return own;
    }
    return LongStream.concat(LongStream.of(period), others(transform, all, period))
        .mapToDouble(one -> coverage(all, one))
        .min()
        .orElseThrow();
  }

  private static double coverage(NavigableMap<Long, double[]> all, long period) {
    return Objects.requireNonNull(all.get(period))[1];
  }

  private LongStream others(Transform transform, NavigableMap<Long, double[]> all, long period) {
    return switch (transform.name()) {
      case LIN, LOG -> LongStream.empty();
      case CHG, PCH, PCA, CCH, CCA -> LongStream.of(period - 1);
      case CH1, PC1 -> LongStream.of(yearBefore(period));
      case INDEX -> LongStream.of(transform.base().orElseThrow());
      case MA, SUM -> LongStream.range(period - length(transform) + 1, period);
      case EMA -> LongStream.range(begun(all, period), period);
    };
  }

  private static int perYear(Frequency frequency) {
    return switch (frequency) {
      case A -> 1;
      case S -> 2;
      case Q -> 4;
      case M -> 12;
      case W -> 52;
      default -> 260;
    };
  }

  private double yearAgo(NavigableMap<Long, double[]> all, long period) {
    Frequency frequency = derivation.resultFrequency();
    if (frequency != Frequency.D) {
      return value(all, period - perYear(frequency));
    }
    LocalDate day = LocalDate.ofEpochDay(period);
    return day.minusYears(1).getDayOfMonth() == day.getDayOfMonth()
        ? value(all, yearBefore(period))
        : Double.NaN;
  }

  private long yearBefore(long period) {
    Frequency frequency = derivation.resultFrequency();
    return frequency == Frequency.D
        ? LocalDate.ofEpochDay(period).minusYears(1).toEpochDay()
        : period - perYear(frequency);
  }

  private static int length(Transform transform) {
    return (int) transform.lookback().orElseThrow() + 1;
  }

  private static double window(
      NavigableMap<Long, double[]> all, long period, int length, boolean mean) {
    List<Double> values = new ArrayList<>();
    for (long one = period - length + 1; one <= period; one++) {
      values.add(value(all, one));
    }
    if (!values.stream().allMatch(Double::isFinite)) {
      return Double.NaN;
    }
    return mean ? mean(values) : sum(values);
  }

  /** Of {@code ema:4}. */
  private static double exponential(NavigableMap<Long, double[]> all, long period) {
    long first = begun(all, period);
    if (period - first < 3 || !Double.isFinite(value(all, period))) {
      return Double.NaN;
    }
    double average =
        mean(
            List.of(
                value(all, first),
                value(all, first + 1),
                value(all, first + 2),
                value(all, first + 3)));
    for (long one = first + 4; one <= period; one++) {
      average += 2.0 / 5.0 * (value(all, one) - average);
    }
    return average;
  }

  /** The first of the periods up to this one without a gap. */
  private static long begun(NavigableMap<Long, double[]> all, long period) {
    long first = period;
    while (Double.isFinite(value(all, first - 1))) {
      first--;
    }
    return first;
  }

  private static double value(NavigableMap<Long, double[]> all, long period) {
    double[] found = all.get(period);
    return found == null ? Double.NaN : found[0];
  }
}
