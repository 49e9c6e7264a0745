package io.refdata.persistence.alert.rule;

import io.refdata.persistence.metrics.RequestDurations;
import io.refdata.persistence.metrics.RequestLabels;
import io.refdata.persistence.metrics.duration.DurationCounts;
import io.refdata.settings.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The requests that this server answered since the last look, by address. */
final class RecentRequests {
  private static final long LEAST = Setting.ALERTS_REQUESTS.number();

  private final RequestDurations requests;
  private final Map<RequestLabels, long[]> before = new HashMap<>();
  private boolean looked;

  RecentRequests(RequestDurations requests) {
    this.requests = requests;
  }

  /**
   * The requests of an address.
   *
   * @param errors those that the platform failed to answer
   * @param answered how long the others took
   */
  record Recent(String uri, long errors, DurationCounts answered) {
    long all() {
      return errors + answered.count();
    }
  }

  /** Those since the last look; none at the first look, and none of addresses with few requests. */
  synchronized List<Recent> look() {
    Map<String, long[]> answered = new TreeMap<>();
    Map<String, Long> errors = new HashMap<>();
    requests
        .all()
        .forEach(
            (kind, durations) -> {
              long[] now = durations.counts();
              long[] added = added(now, before.put(kind, now));
              if (kind.isError()) {
                errors.merge(kind.uri(), new DurationCounts(added).count(), Long::sum);
              }
              long[] sum = answered.computeIfAbsent(kind.uri(), first -> new long[now.length]);
              for (int i = 0; i < now.length && !kind.isError(); i++) {
                sum[i] += added[i];
              }
            });
    List<Recent> recent = new ArrayList<>();
    answered.forEach(
        (uri, counts) ->
            recent.add(new Recent(uri, errors.getOrDefault(uri, 0L), new DurationCounts(counts))));
    boolean first = !looked;
    looked = true;
    return first ? List.of() : recent.stream().filter(one -> one.all() >= LEAST).toList();
  }

  private static long[] added(long[] now, long @Nullable [] before) {
    long[] added = now.clone();
    for (int i = 0; before != null && i < added.length; i++) {
      added[i] -= before[i];
    }
    return added;
  }
}
