package io.refdata.api.calculation;

import io.refdata.api.calculation.Chart.Result;
import io.refdata.api.calculation.KeptCalculations.Kept;
import io.refdata.api.observation.HeldObservations;
import io.refdata.api.observation.HeldObservations.Held;
import io.refdata.api.response.Representation;
import io.refdata.domain.calculation.BarFunction;
import io.refdata.domain.calculation.Bars;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.RetiredObservations;
import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.persistence.freshness.Dependencies;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Works calculations out, or finds the answers that are still right. */
@ApplicationScoped
class Calculations {
  private static final long MOST = Setting.CALCULATION_VALUES.number();

  /** Beside those of the functions: the time, the status and the coverage of a bar. */
  private static final int COLUMNS = 3;

  /** Open, high, low and close. */
  private static final int OF_BARS = 4;

  @Inject private HeldObservations observations;
  @Inject private KeptCalculations kept;
  @Inject private CalculationTimes times;

  /**
   * An answer.
   *
   * @param wasKept whether it was worked out before
   */
  record Answer(Representation representation, boolean wasKept) {}

  /**
   * The answer to a calculation.
   *
   * @param since the time of {@link KeptCalculations#now} before the question was read
   * @param anew whether it has to be worked out, even if an answer is kept
   */
  Answer answer(CalculationQuery query, long since, boolean anew) {
    String question = query.identity();
    Kept found = anew ? null : kept.find(question);
    if (found != null && kept.isFresh(found)) {
      return hit(query, found);
    }
    List<Held> held = read(query);
    Dependencies dependencies = HeldObservations.dependencies(held);
    SourceBars source = new SourceBars(query, held.get(0));
    byte[] hash = source.hash();
    if (found != null && Arrays.equals(found.hash(), hash)) {
      kept.put(question, found.answer(), hash, dependencies, since);
      return hit(query, found);
    }
    kept.missed();
    List<Chart> charts = charts(query, source.bars());
    Representation answer =
        new CalculationAnswer(query, source.unit(), charts).written().delivered(query.delivery());
    kept.put(question, answer, hash, dependencies, since);
    return new Answer(answer, false);
  }

  private List<Held> read(CalculationQuery query) {
    try {
      return observations.read(List.of(query.asked()), query.given());
    } catch (RetiredObservations e) {
      throw e.ofWholeSeries();
    }
  }

  private Answer hit(CalculationQuery query, Kept found) {
    kept.hit();
    times.hit(query.functions(), query.frequencies().size());
    return new Answer(found.answer(), true);
  }

  private List<Chart> charts(CalculationQuery query, Bars source) {
    int columns =
        COLUMNS
            + (query.withBars() ? OF_BARS : 0)
            + query.functions().stream().mapToInt(BarFunction::columns).sum();
    long values = 0;
    List<Chart> charts = new ArrayList<>();
    for (Frequency frequency : query.frequencies()) {
      Bars bars = source.of(frequency);
      int first = query.from() == null ? 0 : bars.from(query.from());
      int end = Math.max(first, query.before() == null ? bars.size() : bars.from(query.before()));
      values += (long) columns * (end - first);
      requireFew(values);
      List<Result> results = new ArrayList<>();
      for (BarFunction function : query.functions()) {
        long start = System.nanoTime();
        Result result = Result.of(function, bars).cut(first, end);
        times.worked(function, System.nanoTime() - start);
        values += result.crossings().size();
        requireFew(values);
        results.add(result);
      }
      charts.add(new Chart(bars, first, end, results));
    }
    return charts;
  }

  private static void requireFew(long values) {
    if (values > MOST) {
      throw new UnansweredQuestion(
          "functions",
          "give more than %,d values; ask for a shorter time, or for fewer functions"
              .formatted(MOST));
    }
  }
}
