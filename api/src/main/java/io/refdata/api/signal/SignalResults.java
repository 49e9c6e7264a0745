package io.refdata.api.signal;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.calculation.StoredCalculations;
import io.refdata.api.calculation.StoredCalculations.Description;
import io.refdata.api.calculation.StoredCalculations.Value;
import io.refdata.api.observation.HeldObservations;
import io.refdata.api.observation.HeldObservations.Asked;
import io.refdata.api.observation.HeldObservations.Held;
import io.refdata.api.request.Parameters;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.derivation.Status;
import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.revision.Author;
import io.refdata.persistence.derivation.HeldColumn;
import io.refdata.persistence.json.Json;
import io.refdata.persistence.push.Pushed;
import io.refdata.persistence.push.Pushed.RejectedRow;
import io.refdata.persistence.push.Pushed.Row;
import io.refdata.persistence.push.Pushes;
import io.refdata.persistence.push.RowsRejected;
import io.refdata.persistence.signal.Signal;
import io.refdata.persistence.signal.SignalQueue.Claimed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the results of signals, all of a run as one revision: those that differ from what is
 * there. A value that has no result any more becomes missing, with the status M.
 */
@ApplicationScoped
class SignalResults {
  private static final int MOST_SHOWN = 3;

  @Inject private StoredCalculations calculations;
  @Inject private HeldObservations observations;
  @Inject private Pushes pushes;

  /**
   * What was written.
   *
   * @param revision that of the target; null if nothing differed
   */
  record Stored(long rows, @Nullable Integer revision) {}

  /** Where a result stands. */
  private record Place(String function, Instant time) {}

  private record Result(double value, String status) {
    boolean isMissing() {
      return Double.isNaN(value);
    }

    /** Two that are missing are the same, and 0 is -0, as in the database. */
    boolean isAs(@Nullable Result other) {
      return other != null
          && (value == other.value || isMissing() && other.isMissing())
          && status.equals(other.status);
    }
  }

  private static final Result MISSING = new Result(Double.NaN, Status.CANNOT_EXIST);

  /**
   * Works a signal out and writes what has changed.
   *
   * @throws UnansweredQuestion if it can't be worked out or written as it is
   */
  Stored store(Claimed claimed) {
    Signal signal = claimed.signal();
    JsonNode calculation = calculation(signal);
    Description description = calculations.describe(calculation);
    Dataset target = observations.dataset(new Code(signal.target()), Parameters.of(Map.of()));
    SignalBody.misfit(target, description)
        .ifPresent(
            fault -> {
              throw new UnansweredQuestion("into", fault);
            });
    Map<Place, Result> wanted = new HashMap<>();
    for (Value value : calculations.values(calculation)) {
      wanted.put(
          new Place(value.function().value(), value.time()),
          new Result(value.value(), value.status()));
    }
    Instant keptFrom = claimed.keptFrom();
    if (keptFrom != null) {
      wanted.keySet().removeIf(place -> place.time().isBefore(keptFrom));
    }
    Map<Place, Result> present = present(target, description);
    present.keySet().forEach(place -> wanted.putIfAbsent(place, MISSING));
    List<Row> rows = new ArrayList<>();
    wanted.forEach(
        (place, result) -> {
          Result before = present.get(place);
          boolean stays = result.isAs(before) || (result.isMissing() && before == null);
          if (!stays) {
            rows.add(row(rows.size() + 1, description, place, result));
          }
        });
    return rows.isEmpty() ? new Stored(0, null) : written(claimed, target, rows);
  }

  private static JsonNode calculation(Signal signal) {
    try {
      return Json.MAPPER.readTree(signal.calculation());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<Place, Result> present(Dataset target, Description description) {
    List<List<Code>> pattern = new ArrayList<>();
    description.codes().forEach(code -> pattern.add(List.of(code)));
    pattern.add(description.functions());
    Held held = observations.read(List.of(new Asked("into", target, pattern)), Map.of()).get(0);
    Map<Place, Result> present = new HashMap<>();
    for (HeldColumn column : held.columns().all()) {
      String function = column.series().dimensions().get(description.codes().size());
      for (int i = 0; i < column.size(); i++) {
        Instant time = Instant.EPOCH.plus(column.micros(i), ChronoUnit.MICROS);
        present.put(new Place(function, time), new Result(column.value(i), column.status(i)));
      }
    }
    return present;
  }

  private static Row row(int number, Description description, Place place, Result result) {
    List<String> codes = new ArrayList<>(description.codes().stream().map(Code::value).toList());
    codes.add(place.function());
    return new Row(
        number,
        String.join(".", codes),
        codes,
        place.time(),
        result.value(),
        result.status().charAt(0));
  }

  private Stored written(Claimed claimed, Dataset target, List<Row> rows) {
    Signal signal = claimed.signal();
    String content =
        "{\"signal\":\"%s\",\"run\":%d,\"revision\":%d}"
            .formatted(signal.code(), claimed.run(), claimed.cause());
    Author author =
        new Author(
            "signal:" + signal.code(),
            "revision %d of %s".formatted(claimed.cause(), signal.source()));
    try {
      Pushed pushed = pushes.pushAll(target, rows, content, author);
      return new Stored(pushed.inserted() + pushed.revised(), pushed.revision());
    } catch (RowsRejected e) {
      throw new UnansweredQuestion(
          "into",
          "refuses %,d of %,d results: %s"
              .formatted(
                  e.rows().size(),
                  rows.size(),
                  e.rows().stream()
                      .map(RejectedRow::reason)
                      .distinct()
                      .limit(MOST_SHOWN)
                      .collect(Collectors.joining("; "))));
    }
  }
}
