package io.refdata.persistence.metrics;

import io.refdata.persistence.metrics.duration.Durations;
import io.refdata.settings.Setting;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The durations of the requests of each kind on this server. The number of kinds is bounded ({@code
 * refdata.metrics.requests.max}); those that come later are counted together, as {@code other}.
 */
public final class RequestDurations {
  /** From the arrival of the request to the beginning of its response. */
  public static final RequestDurations REQUESTS =
      new RequestDurations((int) Setting.METRICS_REQUESTS_MAX.number());

  /** From the arrival of the request to the end of its response, for responses of any length. */
  public static final RequestDurations STREAMS =
      new RequestDurations((int) Setting.METRICS_REQUESTS_MAX.number());

  private static final Comparator<RequestLabels> ORDER =
      Comparator.comparing(RequestLabels::uri)
          .thenComparing(RequestLabels::method)
          .thenComparing(RequestLabels::status)
          .thenComparing(RequestLabels::cache);

  private final int max;
  private final Map<RequestLabels, Durations> all = new ConcurrentHashMap<>();

  /**
   * @param max the most kinds
   */
  RequestDurations(int max) {
    this.max = max;
  }

  /** The durations of a kind. */
  public Durations of(RequestLabels labels) {
    Durations found = all.get(labels);
    return found == null ? add(labels) : found;
  }

  private synchronized Durations add(RequestLabels labels) {
    boolean fits = all.size() < max - RequestLabels.CLASSES || all.containsKey(labels);
    RequestLabels kind = fits ? labels : labels.together();
    return all.computeIfAbsent(kind, added -> new Durations());
  }

  /** All kinds, in a fixed order. */
  public Map<RequestLabels, Durations> all() {
    Map<RequestLabels, Durations> sorted = new TreeMap<>(ORDER);
    sorted.putAll(all);
    return sorted;
  }
}
