package io.refdata.api.calculation;

import io.refdata.api.calculation.StoredCalculations.Value;
import io.refdata.domain.calculation.BarFunction;
import io.refdata.domain.calculation.Bars;
import io.refdata.domain.calculation.Crossings;
import io.refdata.domain.calculation.Crossings.Crossing;
import io.refdata.domain.calculation.Crossings.Direction;
import io.refdata.domain.calculation.Envelope;
import io.refdata.domain.calculation.FunctionName;
import io.refdata.domain.calculation.KeptBars;
import io.refdata.domain.calculation.KeptBars.Recorded;
import io.refdata.domain.calculation.Line;
import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.domain.item.value.Code;
import io.refdata.settings.Setting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The results of a calculation that is kept. If retention has removed the beginning of its series,
 * only those are worked out of which everything is left; those before stay as they were recorded.
 */
public final class StoredResults {
  private static final long MOST = Setting.SIGNALS_VALUES.number();

  private final Bars bars;
  private final @Nullable Instant keptFrom;
  private final KeptBars kept;
  private final List<Value> values = new ArrayList<>();

  /** For each code of a function the first bar from which on its results are whole. */
  private final Map<String, Integer> wholeFrom = new HashMap<>();

  private final Set<Instant> times = new HashSet<>();

  StoredResults(
      List<BarFunction> functions,
      Bars bars,
      @Nullable Instant keptFrom,
      Function<Code, NavigableMap<Instant, Recorded>> recorded) {
    this.bars = bars;
    this.keptFrom = keptFrom;
    this.kept =
        new KeptBars(bars, keptFrom, line -> recorded.apply(StoredCalculations.code(line.label())));
    for (int i = 0; i < bars.size(); i++) {
      times.add(bars.start(i));
    }
    functions.forEach(this::add);
  }

  /** All results that are whole. */
  public List<Value> values() {
    return values;
  }

  /**
   * Whether a result that was recorded stays as it is: retention has removed some of what it was
   * made of.
   *
   * @param function the code of the function
   * @param time the start of the period
   */
  public boolean stays(String function, Instant time) {
    if (keptFrom == null || bars.isCut(time, keptFrom)) {
      return keptFrom != null;
    }
    int whole = wholeFrom.getOrDefault(function, 0);
    return times.contains(time) && (whole == bars.size() || time.isBefore(bars.start(whole)));
  }

  private void add(BarFunction function) {
    String label = function.label();
    if (function instanceof Line line) {
      KeptBars.Values whole = kept.of(line);
      add(label, whole.values(), whole.statuses(), whole.first());
    } else if (function instanceof Envelope envelope) {
      KeptBars.Values middle = kept.of(new Line(FunctionName.MA, envelope.bars()));
      String[] statuses = middle.statuses();
      add(label, middle.values(), statuses, middle.first());
      add(label + ":upper", envelope.upper(middle.values()), statuses, middle.first());
      add(label + ":lower", envelope.lower(middle.values()), statuses, middle.first());
    } else {
      KeptBars.Known known = kept.of((Crossings) function);
      Code code = StoredCalculations.code(label);
      wholeFrom.put(code.value(), known.first());
      for (Crossing crossing : known.crossings()) {
        int bar = crossing.bar();
        add(code, bar, crossing.direction() == Direction.UP ? 1 : -1, known.statuses()[bar]);
      }
    }
    if (values.size() > MOST) {
      throw new UnansweredQuestion("calculation", "gives more than %,d values".formatted(MOST));
    }
  }

  private void add(String label, double[] column, String[] statuses, int first) {
    Code code = StoredCalculations.code(label);
    wholeFrom.put(code.value(), first);
    for (int i = 0; i < bars.size(); i++) {
      if (Double.isFinite(column[i])) {
        add(code, i, column[i], statuses[i]);
      }
    }
  }

  private void add(Code function, int bar, double value, String status) {
    values.add(new Value(function, bars.start(bar), value, status));
  }
}
