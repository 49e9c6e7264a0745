package io.refdata.batch.load.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Local times as instants, with those that come twice because clocks are set back. */
final class LocalTimes {
  private @Nullable Instant earlier;
  private @Nullable Instant later;
  private boolean skipped;

  /** The instant of a local time, the earlier of two; empty if the clocks of its zone skip it. */
  Optional<Instant> instant(LocalDateTime local, ZoneId zone) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    skipped = offsets.isEmpty();
    earlier = skipped ? null : local.toInstant(offsets.get(0));
    later = offsets.size() > 1 ? local.toInstant(offsets.get(1)) : null;
    return Optional.ofNullable(earlier);
  }

  /** Whether the last local time was one that the clocks of its zone skip. */
  boolean skipped() {
    return skipped;
  }

  /**
   * The later instant of the last local time; empty if that was another, or does not come twice.
   */
  Optional<Instant> later(Instant instant) {
    return instant.equals(earlier) ? Optional.ofNullable(later) : Optional.empty();
  }
}
