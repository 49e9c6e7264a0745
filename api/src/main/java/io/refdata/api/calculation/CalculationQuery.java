package io.refdata.api.calculation;

import io.refdata.api.observation.HeldObservations.Asked;
import io.refdata.api.request.AsOf;
import io.refdata.api.response.Delivery;
import io.refdata.domain.calculation.BarFunction;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.Resampling;
import io.refdata.domain.item.value.Code;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A calculation that somebody asks for.
 *
 * @param key the key of the series, as it was sent
 * @param pattern a code for each dimension; where four series make the bars, their codes
 * @param ohlc which series make the bars; null if one does
 * @param frequencies each once, none finer than that of the dataset
 * @param functions each once
 * @param from the first instant at which a bar may start; null for the beginning
 * @param before the instant before which bars start; null for the end
 * @param asOf the instant whose state is read; null for now
 * @param knownAt the instant by which what is read was published; null for any
 * @param withBars whether the bars themselves are part of the answer
 */
record CalculationQuery(
    Dataset dataset,
    String key,
    List<List<Code>> pattern,
    @Nullable Ohlc ohlc,
    List<Frequency> frequencies,
    List<BarFunction> functions,
    @Nullable Instant from,
    @Nullable Instant before,
    @Nullable Instant asOf,
    @Nullable Instant knownAt,
    boolean withBars,
    Delivery delivery) {

  /** The last microsecond that an observation can have. */
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  /**
   * The codes of a dimension whose four series make the bars.
   *
   * @param position the position of the dimension
   */
  record Ohlc(int position, Code open, Code high, Code low, Code close) {
    /** The four, each once. */
    List<Code> codes() {
      return List.of(open, high, low, close).stream().distinct().toList();
    }
  }

  /** The series to read. */
  Asked asked() {
    return new Asked(CalculationBody.KEY, dataset, pattern);
  }

  /**
   * The parameters of what is read. A function may look back over all bars, so all are read from
   * the beginning: where the answer begins changes none of its values. Each last bar is whole.
   */
  Map<String, List<String>> given() {
    Map<String, List<String>> given = new HashMap<>();
    if (asOf != null) {
      given.put(AsOf.NAME, List.of(asOf.toString()));
    }
    if (knownAt != null) {
      given.put(AsOf.KNOWN_AT, List.of(knownAt.toString()));
    }
    lastNeeded().ifPresent(last -> given.put("to", List.of(last.toString())));
    return given;
  }

  private Optional<Instant> lastNeeded() {
    return Optional.ofNullable(before)
        .flatMap(end -> frequencies.stream().map(each -> end(each, end)).max(Instant::compareTo))
        .map(end -> end.minus(1, ChronoUnit.MICROS))
        .filter(last -> last.isBefore(LAST)); // Nothing can be later, so nothing is left out.
  }

  private Instant end(Frequency frequency, Instant end) {
    return new Resampling(dataset.frequency(), frequency, ZoneOffset.UTC)
        .after(frequency.number(end.minusNanos(1)));
  }

  /** The question as a text: the same text, the same question. */
  String identity() {
    return String.join(
        "\n",
        dataset.code().value(),
        key,
        String.valueOf(ohlc),
        frequencies.toString(),
        functions.stream().map(BarFunction::label).toList().toString(),
        from + " " + before + " " + asOf + " " + knownAt + " " + withBars,
        delivery.toString());
  }
}
