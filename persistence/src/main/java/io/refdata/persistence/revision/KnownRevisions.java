package io.refdata.persistence.revision;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The revisions that past instants stand for, as far as they were asked for. If the latest revision
 * at an instant was stamped at an earlier one, it is also the latest at all instants between the
 * two. This never changes, since instants rise in commit order (docs/adr/002). So clients that ask
 * for ever new instants mostly ask for known revisions.
 */
final class KnownRevisions {
  private static final int MOST = 10_000;

  private final Map<Integer, ConcurrentSkipListMap<Instant, Span>> topics =
      new ConcurrentHashMap<>();

  /**
   * The time in which a revision is known to be the latest, from the instant of its stamp on.
   *
   * @param last the last instant
   */
  private record Span(Instant last, int revision) {}

  /** The latest revision of a topic at an instant, if it is known. */
  Optional<Integer> find(int topic, Instant at) {
    ConcurrentSkipListMap<Instant, Span> spans = topics.get(topic);
    Map.Entry<Instant, Span> before = spans == null ? null : spans.floorEntry(at);
    return before == null || at.isAfter(before.getValue().last())
        ? Optional.empty()
        : Optional.of(before.getValue().revision());
  }

  /**
   * Adds what the database has answered.
   *
   * @param stamped the instant of the revision; {@link Instant#MIN} if there was none yet
   * @param at the instant that was asked for
   */
  void add(int topic, Instant stamped, Instant at, int revision) {
    ConcurrentSkipListMap<Instant, Span> spans =
        topics.computeIfAbsent(topic, first -> new ConcurrentSkipListMap<>());
    if (spans.size() >= MOST) {
      spans.clear();
    }
    spans.merge(
        stamped,
        new Span(at, revision),
        (known, added) -> known.last().isAfter(added.last()) ? known : added);
  }
}
