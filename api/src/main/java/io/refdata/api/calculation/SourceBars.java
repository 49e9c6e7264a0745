package io.refdata.api.calculation;

import io.refdata.api.calculation.CalculationQuery.Ohlc;
import io.refdata.api.observation.HeldObservations.Held;
import io.refdata.domain.calculation.Bars;
import io.refdata.domain.derivation.Status;
import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.derivation.HeldColumn;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The observations that were read of the series of a calculation, as bars. */
final class SourceBars {
  private static final int NUMBERS = 3;

  private final CalculationQuery query;
  private final Held held;

  /**
   * @throws NoSuchItem if a series is missing
   * @throws UnansweredQuestion if four series differ in their unit
   */
  SourceBars(CalculationQuery query, Held held) {
    this.query = query;
    this.held = held;
    String unit = held.unit();
    for (List<Code> key : keys()) {
      Series series =
          held.series().stream()
              .filter(one -> one.dimensions().equals(key.stream().map(Code::value).toList()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new NoSuchItem(
                          "series",
                          query.dataset().code()
                              + ":"
                              + String.join(".", key.stream().map(Code::value).toList())));
      if (!Objects.equals(series.unit(), unit)) {
        throw new UnansweredQuestion(
            CalculationBody.KEY,
            "%s is in %s, not in %s as the others".formatted(series.key(), series.unit(), unit));
      }
    }
  }

  /** The codes of each series. */
  private List<List<Code>> keys() {
    Ohlc ohlc = query.ohlc();
    return ohlc == null
        ? List.of(query.pattern().stream().map(codes -> codes.get(0)).toList())
        : ohlc.codes().stream().map(code -> key(ohlc, code)).toList();
  }

  private List<Code> key(Ohlc ohlc, Code field) {
    List<Code> key = new ArrayList<>(query.pattern().stream().map(codes -> codes.get(0)).toList());
    key.set(ohlc.position(), field);
    return key;
  }

  @Nullable String unit() {
    return held.unit();
  }

  /** A period has a bar if it has a value; of four series, if it has all four. */
  Bars bars() {
    Bars bars = new Bars(query.dataset().frequency());
    Ohlc ohlc = query.ohlc();
    if (ohlc == null) {
      for (HeldColumn column : held.columns().all()) {
        for (int i = 0; i < column.size(); i++) {
          bars.add(start(column.micros(i)), column.value(i), column.status(i));
        }
      }
      return bars;
    }
    HeldColumn open = column(ohlc, ohlc.open());
    HeldColumn high = column(ohlc, ohlc.high());
    HeldColumn low = column(ohlc, ohlc.low());
    HeldColumn close = column(ohlc, ohlc.close());
    for (int i = 0; close != null && i < close.size(); i++) {
      long time = close.micros(i);
      int opening = at(open, time);
      int highest = at(high, time);
      int lowest = at(low, time);
      if (opening >= 0 && highest >= 0 && lowest >= 0) {
        bars.add(
            start(time),
            Objects.requireNonNull(open).value(opening),
            Objects.requireNonNull(high).value(highest),
            Objects.requireNonNull(low).value(lowest),
            close.value(i),
            Status.worse(
                Status.worse(open.status(opening), high.status(highest)),
                Status.worse(low.status(lowest), close.status(i))));
      }
    }
    return bars;
  }

  private static int at(@Nullable HeldColumn column, long time) {
    return column == null ? -1 : column.at(time);
  }

  private @Nullable HeldColumn column(Ohlc ohlc, Code field) {
    return held.columns().all().stream()
        .filter(one -> one.series().dimensions().get(ohlc.position()).equals(field.value()))
        .findFirst()
        .orElse(null);
  }

  private static Instant start(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /**
   * A hash of all that the answer to a question is worked out from. While it is the same, the
   * answer is.
   */
  byte[] hash() {
    MessageDigest hash = sha256();
    add(hash, query.dataset().frequency() + " " + unit());
    for (HeldColumn column : held.columns().all()) {
      add(hash, column.series().key() + " " + column.size());
      ByteBuffer numbers = ByteBuffer.allocate(NUMBERS * Long.BYTES);
      for (int i = 0; i < column.size(); i++) {
        byte[] status = column.status(i).getBytes(StandardCharsets.UTF_8);
        numbers
            .clear()
            .putLong(column.micros(i))
            .putLong(Double.doubleToLongBits(column.value(i)))
            .putLong(status.length);
        hash.update(numbers.flip());
        hash.update(status);
      }
    }
    return hash.digest();
  }

  private static void add(MessageDigest hash, String text) {
    hash.update(text.getBytes(StandardCharsets.UTF_8));
    hash.update((byte) 0);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
