package io.refdata.api.signal;

import io.refdata.api.observation.HeldObservations;
import io.refdata.api.observation.HeldObservations.Asked;
import io.refdata.api.observation.HeldObservations.Held;
import io.refdata.api.request.Parameters;
import io.refdata.api.signal.SignalOrigin.Place;
import io.refdata.api.signal.SignalOrigin.Result;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.derivation.Status;
import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.revision.Author;
import io.refdata.persistence.derivation.HeldColumn;
import io.refdata.persistence.push.Pushed;
import io.refdata.persistence.push.Pushed.RejectedRow;
import io.refdata.persistence.push.Pushed.Row;
import io.refdata.persistence.push.Pushes;
import io.refdata.persistence.push.RowsRejected;
import io.refdata.persistence.signal.RetiredInputs;
import io.refdata.persistence.signal.Signal;
import io.refdata.persistence.signal.SignalOutdated;
import io.refdata.persistence.signal.SignalQueue;
import io.refdata.persistence.signal.SignalQueue.Claimed;
import io.refdata.persistence.signal.WrittenResults;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the results of signals, all of a run as one revision: those that differ from what is
 * there. A value that has no result any more becomes missing, with the status M.
 */
@ApplicationScoped
class SignalResults {
  private static final int MOST_SHOWN = 3;

  /** So many in a row while a run writes are none that go on by themselves. */
  private static final int MOST_RETIREMENTS = 3;

  private static final Result MISSING = new Result(Double.NaN, Status.CANNOT_EXIST);

  @Inject private SignalOrigins origins;
  @Inject private HeldObservations observations;
  @Inject private RetiredInputs retired;
  @Inject private WrittenResults results;
  @Inject private Pushes pushes;

  /**
   * The number of results that were written.
   *
   * @param revision that of the target; null if nothing differed
   */
  record Stored(long rows, @Nullable Integer revision) {}

  /**
   * Works a signal out and writes what has changed.
   *
   * @throws UnansweredQuestion if it can't be worked out or written as it is
   */
  Stored store(Claimed claimed) {
    Signal signal = claimed.signal();
    SignalOrigin origin = origins.read(signal);
    SignalForm form = origin.form();
    Dataset target = observations.dataset(new Code(signal.target()), Parameters.of(Map.of()));
    requireFit(signal, form, target);
    int id = Objects.requireNonNull(target.id());
    for (int attempt = 1; ; attempt++) {
      Map<Integer, Instant> keptFrom = retired.keptFrom(with(signal.topics(), id));
      Instant left = keptFrom.get(id);
      try {
        return store(claimed, origin, target, keptFrom);
      } catch (RuntimeException e) {
        // Of what retention has removed meanwhile nothing can be asked or written.
        boolean same = Objects.equals(left, retired.keptFrom(List.of(id)).get(id));
        if (same || attempt == MOST_RETIREMENTS) {
          throw e;
        }
      }
    }
  }

  private Stored store(
      Claimed claimed, SignalOrigin origin, Dataset target, Map<Integer, Instant> keptFrom) {
    int id = Objects.requireNonNull(target.id());
    Instant left = keptFrom.get(id);
    Map<Place, Result> recorded = recorded(target, origin, left);
    Map<Place, Result> wanted = new HashMap<>(origin.results(recorded, keptFrom));
    if (left != null) {
      wanted.keySet().removeIf(place -> place.time().isBefore(left));
    }
    recorded.keySet().forEach(place -> wanted.putIfAbsent(place, MISSING));
    List<Row> rows = new ArrayList<>();
    wanted.forEach(
        (place, result) -> {
          Result before = recorded.get(place);
          boolean stays = result.isAs(before) || (result.isMissing() && before == null);
          if (!stays) {
            rows.add(row(rows.size() + 1, place, result));
          }
        });
    return rows.isEmpty() ? earlier(claimed, id) : written(claimed, target, rows);
  }

  private static void requireFit(Signal signal, SignalForm form, Dataset target) {
    if (!form.topics().equals(signal.topics())) {
      throw new UnansweredQuestion(
          "into", "is made of datasets that are not those of before; write the signal again");
    }
    form.misfit(target)
        .ifPresent(
            fault -> {
              throw new UnansweredQuestion("into", fault);
            });
  }

  private static List<Integer> with(List<Integer> topics, int target) {
    List<Integer> all = new ArrayList<>(topics);
    all.add(target);
    return all;
  }

  /**
   * A run that is begun again may have written all before, however it came to its end: one that was
   * put off counts as no try.
   */
  private Stored earlier(Claimed claimed, int target) {
    return results
        .find(claimed, target)
        .map(found -> new Stored(found.rows(), found.revision()))
        .orElse(new Stored(0, null));
  }

  /** The recorded results from where results may change, without those that retention removed. */
  private Map<Place, Result> recorded(
      Dataset target, SignalOrigin origin, @Nullable Instant keptFrom) {
    SignalForm form = origin.form();
    int unit = form.dimensions().size();
    List<List<Code>> pattern = new ArrayList<>(form.units());
    pattern.add(form.results());
    Instant from = origin.from();
    Map<String, List<String>> range =
        from == null || (keptFrom != null && from.isBefore(keptFrom))
            ? Map.of()
            : Map.of("from", List.of(form.frequency().format(from)));
    Held held = observations.read(List.of(new Asked("into", target, pattern)), range).get(0);
    Map<Place, Result> recorded = new HashMap<>();
    for (HeldColumn column : held.columns().all()) {
      List<String> codes = column.series().dimensions();
      for (int i = 0; i < column.size(); i++) {
        Instant time = Instant.EPOCH.plus(column.micros(i), ChronoUnit.MICROS);
        recorded.put(
            new Place(codes.subList(0, unit), codes.get(unit), time),
            new Result(column.value(i), column.status(i)));
      }
    }
    return recorded;
  }

  private static Row row(int number, Place place, Result result) {
    List<String> codes = new ArrayList<>(place.unit());
    codes.add(place.code());
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
        new Author(WrittenResults.author(signal), WrittenResults.reason(claimed, rows.size()));
    try {
      Pushed pushed =
          pushes.pushAll(
              target, rows, content, author, handle -> SignalQueue.hold(handle, claimed));
      return new Stored(pushed.inserted() + pushed.revised(), pushed.revision());
    } catch (SignalOutdated e) {
      return new Stored(0, null);
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
