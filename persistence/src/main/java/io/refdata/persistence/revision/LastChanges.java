package io.refdata.persistence.revision;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.refdata.domain.revision.Revision;
import io.refdata.persistence.freshness.Versions;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.ResultSetException;
import org.jspecify.annotations.Nullable;

/**
 * When topics changed last. A reader asks before it reads: what it reads may be newer than it says,
 * never older. The instants of revisions rise in commit order over all topics (docs/adr/002), so a
 * later change has a later instant.
 *
 * <p>What was looked up holds until the next write, as a cached response does, and no longer than
 * one. So this takes a statement only for the first read after a write. It is not counted as one of
 * that read, because it is for all that follow.
 */
@ApplicationScoped
public class LastChanges {
  /** The most sets of topics whose last changes are kept: one for each dataset that is read. */
  private static final int MOST = 10_000;

  private static final String FIND =
      """
      select /* LastChanges.find */ r.at
        from unnest(?::integer[]) t (topic)
       cross join lateral (
             select r.at from ref.revision r
              where r.topic = t.topic and r.at is not null
              order by r.at desc
              limit 2) r
       order by r.at desc
       limit 2\
      """;

  private final Cache<List<Integer>, Found> found =
      Caffeine.newBuilder()
          .maximumSize(MOST)
          .expireAfterWrite(Setting.ANSWERS_OBSERVATIONS_LIFETIME.time())
          .build();

  private final Jdbi jdbi;
  private final Versions versions;
  private final Revisions revisions;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway")
  LastChanges() {
    this(null, null, null);
  }

  @Inject
  public LastChanges(Jdbi jdbi, Versions versions, Revisions revisions) {
    this.jdbi = jdbi;
    this.versions = versions;
    this.revisions = revisions;
  }

  /**
   * @param time the time of {@link Versions} at which it was looked up
   */
  private record Found(long time, @Nullable LastModified modified) {}

  /**
   * The last change of some topics; null if there was none.
   *
   * @param at the instant as of which they are read, after {@link Revisions#asOf} was asked for it;
   *     null for now. Of an instant that is no longer known, it is null too
   */
  public @Nullable LastModified of(@Nullable Instant at, int... topics) {
    return at == null ? sinceMidnight(now(topics)) : asOf(at, topics);
  }

  /** The last change of the reference data, by now; null if there was none. */
  public @Nullable LastModified ofReferenceData() {
    return of(null, Revision.REFERENCE_DATA);
  }

  /**
   * An answer that asks who is a member of a group today changes at midnight without a write, so
   * none is older than the day.
   */
  private static @Nullable LastModified sinceMidnight(@Nullable LastModified last) {
    long midnight = LocalDate.now(ZoneOffset.UTC).toEpochSecond(LocalTime.MIN, ZoneOffset.UTC);
    return last == null ? null : last.since(midnight);
  }

  private @Nullable LastModified asOf(Instant at, int... topics) {
    List<Optional<Instant>> stamps =
        IntStream.of(topics).mapToObj(topic -> revisions.stamp(topic, at)).toList();
    return stamps.stream().allMatch(Optional::isPresent)
        ? stamps.stream()
            .flatMap(Optional::stream)
            .filter(stamp -> stamp.isAfter(Instant.MIN))
            .max(Comparator.naturalOrder())
            .map(last -> LastModified.of(last, null)) // what was then does not change any more
            .orElse(null)
        : null;
  }

  private @Nullable LastModified now(int... topics) {
    List<Integer> key = Arrays.stream(topics).boxed().distinct().toList();
    OptionalLong time = versions.settled();
    Found known = time.isPresent() ? found.getIfPresent(key) : null;
    if (known != null && known.time() == time.getAsLong()) {
      return known.modified();
    }
    LastModified modified = jdbi.withHandle(handle -> find(handle.getConnection(), key));
    if (time.isPresent() && time.equals(versions.settled())) {
      found.put(key, new Found(time.getAsLong(), modified));
    }
    return modified;
  }

  private static @Nullable LastModified find(Connection connection, List<Integer> topics) {
    List<Instant> latest = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setArray(1, connection.createArrayOf("integer", topics.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          latest.add(Objects.requireNonNull(rows.getObject(1, OffsetDateTime.class)).toInstant());
        }
      }
    } catch (SQLException e) {
      throw new ResultSetException("Reading the last changes", e, null);
    }
    return latest.isEmpty()
        ? null
        : LastModified.of(latest.get(0), latest.size() > 1 ? latest.get(1) : null);
  }
}
