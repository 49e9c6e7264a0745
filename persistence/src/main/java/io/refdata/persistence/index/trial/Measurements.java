package io.refdata.persistence.index.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.refdata.persistence.index.advice.LiveStatements;
import io.refdata.persistence.index.advice.LiveStatements.Counted;
import io.refdata.persistence.index.advice.Recommendation;
import io.refdata.persistence.index.advice.Recommendation.Cost;
import io.refdata.persistence.index.advice.Recommendation.Measured;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The times of the statements of a recommendation before and during its trial, by the counters of
 * {@code pg_stat_statements}. The counters at the two beginnings are on record, so a crash does not
 * end a measurement.
 */
@Dependent
public class Measurements {
  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<Baseline> BASELINE = new TypeReference<>() {};

  private final Jdbi jdbi;
  private final LiveStatements live;

  @Inject
  public Measurements(Jdbi jdbi, LiveStatements live) {
    this.jdbi = jdbi;
    this.live = live;
  }

  /**
   * The counters before the trial, and when the index was there.
   *
   * @param built null until the index is there
   */
  record Baseline(List<Counted> before, @Nullable List<Counted> built) {}

  private static Set<Long> ids(Recommendation one) {
    return one.statements().stream()
        .map(Cost::id)
        .filter(id -> id != 0)
        .collect(Collectors.toSet());
  }

  private List<Counted> counted(Recommendation one) {
    Set<Long> ids = ids(one);
    return ids.isEmpty() || !live.areCounted() ? List.of() : live.counted(ids);
  }

  /** Puts the counters on record before anything is built; the first call counts. */
  void beforeBuild(Recommendation one) {
    write(one, new Baseline(counted(one), null), "baseline is null");
  }

  /** Puts the counters on record when the index is there. */
  void begin(Recommendation one) {
    List<Counted> now = counted(one);
    Baseline before = read(one);
    write(one, new Baseline(before == null ? now : before.before(), now), "true");
  }

  /**
   * The times that were measured so far.
   *
   * @return null if no statement was called since the index is there
   */
  @Nullable Measured measure(Recommendation one) {
    Baseline baseline = read(one);
    if (baseline == null || baseline.built() == null) {
      return null;
    }
    Map<Long, Counted> before = byId(baseline.before());
    Map<Long, Counted> built = byId(baseline.built());
    double timeBefore = 0;
    double timeAfter = 0;
    long calls = 0;
    for (Counted now : counted(one)) {
      Counted then = before.get(now.id());
      Counted since = since(now, built.get(now.id()));
      if (then != null && then.calls() > 0 && since.calls() > 0) {
        // Each statement weighs as much as it is called now.
        timeBefore += then.milliseconds() / then.calls() * since.calls();
        timeAfter += since.milliseconds();
        calls += since.calls();
      }
    }
    return calls == 0 ? null : record(one, timeBefore / calls, timeAfter / calls, calls);
  }

  /** The counters begin anew after a reset. */
  private static Counted since(Counted now, @Nullable Counted earlier) {
    return earlier == null || earlier.calls() > now.calls()
        ? now
        : new Counted(
            now.id(), now.calls() - earlier.calls(), now.milliseconds() - earlier.milliseconds());
  }

  private static Map<Long, Counted> byId(List<Counted> counted) {
    return counted.stream().collect(Collectors.toMap(Counted::id, Function.identity()));
  }

  /** True if the measurement has gone on for so long. */
  boolean isOver(Recommendation one, Duration time) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select measuring_since < now() - make_interval(secs => :seconds)
                      from performance_monitoring.index_recommendation where id = :id
                    """)
                .bind("seconds", time.toMillis() / 1e3)
                .bind("id", one.id())
                .mapTo(Boolean.class)
                .one());
  }

  private Measured record(Recommendation one, double before, double after, long calls) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                update performance_monitoring.index_recommendation
                   set measured_before = ?, measured_after = ?, measured_calls = ?
                 where id = ?
                """,
                before,
                after,
                calls,
                one.id()));
    return new Measured(before, after, calls);
  }

  private void write(Recommendation one, Baseline baseline, String condition) {
    try {
      String json = JSON.writeValueAsString(baseline);
      jdbi.useHandle(
          handle ->
              handle.execute(
                  """
                  update performance_monitoring.index_recommendation
                     set baseline = ?::jsonb, measuring_since = clock_timestamp()
                   where id = ? and\
                  """
                      + " "
                      + condition,
                  json,
                  one.id()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private @Nullable Baseline read(Recommendation one) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select baseline from performance_monitoring.index_recommendation where id"
                            + " = :id and baseline is not null")
                    .bind("id", one.id())
                    .mapTo(String.class)
                    .findOne())
        .map(Measurements::parse)
        .orElse(null);
  }

  private static Baseline parse(String json) {
    try {
      return JSON.readValue(json, BASELINE);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
