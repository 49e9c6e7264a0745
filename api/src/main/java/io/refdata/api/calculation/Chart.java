package io.refdata.api.calculation;

import io.refdata.domain.calculation.BarFunction;
import io.refdata.domain.calculation.Bars;
import io.refdata.domain.calculation.Crossings;
import io.refdata.domain.calculation.Crossings.Crossing;
import io.refdata.domain.calculation.Envelope;
import io.refdata.domain.calculation.Line;
import java.util.Arrays;
import java.util.List;

/**
 * The bars of a series on one frequency, and what its functions give for them.
 *
 * @param first the index of the first bar that is asked for
 * @param end the index behind the last one
 * @param results those of each function for these bars, in their order
 */
record Chart(Bars bars, int first, int end, List<Result> results) {
  /** Values for bars that follow each other, {@code NaN} where there is none. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Column(String name, double[] values) {}

  /** The result of a function: columns of values, or crossings. */
  record Result(BarFunction function, List<Column> columns, List<Crossing> crossings) {
    /** Works a function out for all bars. */
    static Result of(BarFunction function, Bars bars) {
      if (function instanceof Line line) {
        return new Result(line, List.of(new Column("value", line.values(bars))), List.of());
      } else if (function instanceof Envelope envelope) {
        double[] middle = envelope.middle(bars);
        return new Result(
            envelope,
            List.of(
                new Column("value", middle),
                new Column("upper", envelope.upper(middle)),
                new Column("lower", envelope.lower(middle))),
            List.of());
      }
      return new Result(function, List.of(), ((Crossings) function).of(bars));
    }

    /** The part of it for the bars from {@code first} to before {@code end} only. */
    Result cut(int first, int end) {
      return new Result(
          function,
          columns.stream()
              .map(
                  column ->
                      new Column(column.name(), Arrays.copyOfRange(column.values(), first, end)))
              .toList(),
          crossings.stream()
              .filter(crossing -> crossing.bar() >= first && crossing.bar() < end)
              .toList());
    }
  }

  /** The start of the period of a bar, in microseconds since 1970. */
  long micros(int bar) {
    return bars.start(bar).getEpochSecond() * 1_000_000;
  }
}
