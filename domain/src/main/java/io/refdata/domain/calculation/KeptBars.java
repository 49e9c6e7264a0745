package io.refdata.domain.calculation;

import io.refdata.domain.calculation.Crossings.Crossing;
import io.refdata.domain.calculation.Crossings.Direction;
import io.refdata.domain.derivation.MovingExponential;
import io.refdata.domain.derivation.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Bars of which retention may have removed the beginning. A result is whole if nothing was removed
 * of what it is made of: only whole ones are worked out, and those before stay as they were
 * recorded. An {@code ema}, which is made of everything before it, goes on from what was recorded
 * of it, also with its status: what the recorded one was made of is in it.
 */
public final class KeptBars {
  private final Bars bars;
  private final boolean cut;
  private final int first;
  private final Function<Line, NavigableMap<Instant, Recorded>> recorded;

  /** A result that was recorded. */
  public record Recorded(double value, String status) {}

  /**
   * @param keptFrom where what is left begins; null if all is there
   * @param recorded the results of a function that were recorded, by the starts of their bars
   */
  public KeptBars(
      Bars bars,
      @Nullable Instant keptFrom,
      Function<Line, NavigableMap<Instant, Recorded>> recorded) {
    this.bars = bars;
    this.cut = keptFrom != null;
    this.first = keptFrom == null ? 0 : bars.whole(keptFrom);
    this.recorded = recorded;
  }

  /**
   * The values of a line.
   *
   * @param statuses their statuses; those before the first mean nothing
   * @param first the index of the first bar from which on they are whole; before, there are none
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Values(double[] values, String[] statuses, int first) {}

  /**
   * Crossings.
   *
   * @param statuses those of what is known at each bar
   * @param first the index of the first bar from which on all of them are known
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Known(List<Crossing> crossings, String[] statuses, int first) {}

  /** The values of a line that are whole, for all bars. */
  public Values of(Line line) {
    if (cut && line.name() == FunctionName.EMA) {
      return average(line);
    }
    double[] values = line.values(bars);
    int whole = cut ? Math.min(bars.size(), first + line.window() - 1) : 0;
    Arrays.fill(values, 0, whole, Double.NaN);
    return new Values(values, line.statuses(bars), whole);
  }

  /** Goes on from the last value before the first whole bar, or else from the earliest one. */
  private Values average(Line line) {
    NavigableMap<Instant, Recorded> before = recorded.apply(line);
    String[] statuses = line.statuses(bars);
    if (first == bars.size()) {
      return new Values(filled(), statuses, first);
    }
    Map.Entry<Instant, Recorded> last = before.lowerEntry(bars.start(first));
    Map.Entry<Instant, Recorded> from = last == null ? before.firstEntry() : last;
    if (from == null) {
      return begun(line, statuses);
    }
    int begin = Math.max(first, bars.from(from.getKey().plusNanos(1)));
    double[] values = filled();
    double average = from.getValue().value();
    String status = from.getValue().status();
    for (int i = begin; i < values.length; i++) {
      average = MovingExponential.next(average, bars.close(i), line.bars());
      values[i] = Double.isFinite(average) ? average : Double.NaN;
      status = Status.worse(status, bars.status(i));
      statuses[i] = status;
    }
    return new Values(values, statuses, begin);
  }

  /** Nothing was recorded of it, so it begins with the first whole bar. */
  private Values begun(Line line, String[] statuses) {
    Bars left = bars.behind(first);
    double[] values = line.values(left);
    double[] all = filled();
    System.arraycopy(values, 0, all, first, values.length);
    System.arraycopy(line.statuses(left), 0, statuses, first, values.length);
    return new Values(all, statuses, Math.min(all.length, first + line.bars() - 1));
  }

  private double[] filled() {
    double[] values = new double[bars.size()];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  /**
   * All crossings that are known. If the beginning is gone, on which side the fast line was is only
   * known from where the two are apart.
   */
  public Known of(Crossings crossings) {
    if (!cut) {
      return new Known(crossings.of(bars), crossings.statuses(bars), 0);
    }
    Values fast = of(crossings.fast());
    Values slow = of(crossings.slow());
    String[] statuses = new String[bars.size()];
    Arrays.setAll(statuses, i -> Status.worse(fast.statuses()[i], slow.statuses()[i]));
    List<Crossing> found = new ArrayList<>();
    int known = bars.size();
    int side = 0;
    for (int i = Math.max(fast.first(), slow.first()); i < bars.size(); i++) {
      double difference = fast.values()[i] - slow.values()[i];
      int now = difference > 0 ? 1 : difference < 0 ? -1 : 0;
      if (side == 0 && now != 0) {
        known = i + 1;
      } else if (now != 0 && now != side) {
        found.add(new Crossing(i, now > 0 ? Direction.UP : Direction.DOWN));
      }
      side = now == 0 ? side : now;
    }
    return new Known(found, statuses, known);
  }
}
