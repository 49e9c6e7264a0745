package io.refdata.persistence.revision;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The revisions that past instants stand for, as far as they were asked for. A revision is the
 * latest from its stamp on, up to the stamp of the next, or as long as the database has seen no
 * next. This never changes, since instants rise in commit order (docs/adr/002). So clients that ask
 * for ever new instants mostly ask for known revisions.
 */
final class KnownRevisions {
  private static final int MOST = 10_000;

  private static final Comparator<Stamp> BY_TOPIC_AND_TIME =
      Comparator.comparingInt(Stamp::topic).thenComparing(Stamp::at);

  private final ConcurrentSkipListMap<Stamp, Span> spans =
      new ConcurrentSkipListMap<>(BY_TOPIC_AND_TIME);

  /** Counted beside the map, which would count one by one. */
  private final AtomicInteger count = new AtomicInteger();

  /** The instant at which a revision of a topic was stamped. */
  private record Stamp(int topic, Instant at) {}

  /**
   * The time in which a revision is known to be the latest, from the instant of its stamp on.
   *
   * @param last the last instant
   */
  private record Span(Instant last, int revision) {
    private Span orLonger(Span other) {
      return other.last.isAfter(last) ? other : this;
    }
  }

  /** The latest revision of a topic at an instant, if it is known. */
  Optional<Integer> find(int topic, Instant at) {
    return entry(topic, at).map(entry -> entry.getValue().revision());
  }

  /** The instant at which that revision was stamped, if it is known. */
  Optional<Instant> stamp(int topic, Instant at) {
    return entry(topic, at).map(entry -> entry.getKey().at());
  }

  private Optional<Map.Entry<Stamp, Span>> entry(int topic, Instant at) {
    return Optional.ofNullable(spans.floorEntry(new Stamp(topic, at)))
        .filter(entry -> entry.getKey().topic() == topic)
        .filter(entry -> !at.isAfter(entry.getValue().last()));
  }

  /**
   * Adds what the database has answered.
   *
   * @param stamped the instant of the revision; {@link Instant#MIN} if there was none yet
   * @param last the last instant of which it is known to be the latest
   */
  void add(int topic, Instant stamped, Instant last, int revision) {
    Stamp stamp = new Stamp(topic, stamped);
    Span span = new Span(last, revision);
    if (spans.putIfAbsent(stamp, span) != null) {
      spans.merge(stamp, span, Span::orLonger);
    } else if (count.incrementAndGet() > MOST) {
      spans.clear();
      count.set(0);
    }
  }
}
