package io.refdata.persistence.dataset;

import io.refdata.persistence.freshness.Versions;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The codes of the datasets that can be read without a credential. They are remembered until a
 * dataset is written, and for {@code refdata.access.public-lifetime}, since another server that
 * shares the database may write one.
 */
@ApplicationScoped
public class PublicDatasets {
  private static final long LIFETIME = Setting.ACCESS_PUBLIC_LIFETIME.time().toNanos();
  private static final int[] BUCKETS = DatasetDependencies.all().buckets();

  private final Jdbi jdbi;
  private final Versions versions;
  private volatile @Nullable Known known;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway")
  PublicDatasets() {
    this(null, null);
  }

  @Inject
  public PublicDatasets(Jdbi jdbi, Versions versions) {
    this.jdbi = jdbi;
    this.versions = versions;
  }

  /**
   * @param since the version time before they were read
   * @param readAt the same by the nano clock
   */
  private record Known(Set<String> codes, long since, long readAt) {}

  /** The codes, if they are remembered; else null. It takes no statement. */
  public @Nullable Set<String> known() {
    Known last = known;
    return last != null
            && System.nanoTime() - last.readAt() < LIFETIME
            && versions.fresh(BUCKETS, last.since())
        ? last.codes()
        : null;
  }

  /** The codes, which are read unless they are remembered. */
  public Set<String> read() {
    Set<String> remembered = known();
    if (remembered != null) {
      return remembered;
    }
    long since = versions.now();
    long readAt = System.nanoTime();
    Set<String> codes =
        Set.copyOf(
            jdbi.withHandle(
                handle ->
                    handle
                        .createQuery("select d.code from curated.dataset d where d.is_public")
                        .mapTo(String.class)
                        .list()));
    known = new Known(codes, since, readAt);
    return codes;
  }
}
