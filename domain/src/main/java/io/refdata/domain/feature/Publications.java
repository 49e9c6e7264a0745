package io.refdata.domain.feature;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The revisions of a dataset that were published together: an edition in several files, or one that
 * was loaded again. Whoever knows a publication knows all of it, so its last revision stands for
 * all of them.
 */
public final class Publications {
  /** Those of a dataset of which each revision stands for itself. */
  public static final Publications SINGLE = new Publications(new TreeMap<>());

  private final Map<Integer, Integer> lasts = new HashMap<>();

  /**
   * @param published when each revision was published, by revision; never falling. Revisions that
   *     were published alone may be left out
   */
  public Publications(SortedMap<Integer, Instant> published) {
    Map<Instant, Integer> lastOf = new HashMap<>();
    published.forEach((revision, at) -> lastOf.put(at, revision));
    published.forEach(
        (revision, at) -> {
          int last = lastOf.getOrDefault(at, revision);
          if (last != revision) {
            lasts.put(revision, last);
          }
        });
  }

  /** The last revision of the publication that a revision belongs to. */
  public int last(int revision) {
    return lasts.getOrDefault(revision, revision);
  }

  /** A value from the publication that brought it until before the one that replaced it. */
  public SeriesVersions.Version of(SeriesVersions.Version version) {
    Integer before = version.before();
    return lasts.isEmpty()
        ? version
        : new SeriesVersions.Version(
            version.period(),
            version.value(),
            last(version.from()),
            before == null ? null : (Integer) last(before));
  }
}
