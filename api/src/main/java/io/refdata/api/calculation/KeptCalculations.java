package io.refdata.api.calculation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.refdata.api.response.Representation;
import io.refdata.persistence.freshness.Dependencies;
import io.refdata.persistence.freshness.Versions;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The answers to calculations. One is used while nothing that it depends on has changed. After that
 * its series are read again; if they are as they were, so is the answer (docs/adr/053).
 */
@ApplicationScoped
public class KeptCalculations {
  /** With the places in the cache, the texts and all objects around the bytes. */
  private static final int OBJECT_BYTES = 700;

  private final Versions versions;
  private final Cache<String, Kept> answers;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();

  /** For the CDI container only. */
  @SuppressWarnings("NullAway")
  KeptCalculations() {
    this(null);
  }

  @Inject
  public KeptCalculations(Versions versions) {
    this.versions = versions;
    this.answers =
        Caffeine.newBuilder()
            .maximumWeight(Setting.CALCULATION_BYTES.bytes())
            .weigher(KeptCalculations::weight)
            .expireAfterWrite(Setting.ANSWERS_OBSERVATIONS_LIFETIME.time())
            .build();
  }

  /**
   * An answer.
   *
   * @param hash that of what it was worked out from
   * @param dependencies the buckets of what it depends on
   * @param since the time of {@link Versions} before that was read
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Kept(Representation answer, byte[] hash, int[] dependencies, long since) {}

  /** An answer is there as it is, and in gzip, which is at most as long. */
  private static int weight(String question, Kept kept) {
    return Math.toIntExact(
        Math.min(
            Integer.MAX_VALUE,
            2L * kept.answer().length()
                + Integer.BYTES * (long) kept.dependencies().length
                + question.length()
                + OBJECT_BYTES));
  }

  /** The time to note before anything is read. */
  long now() {
    return versions.now();
  }

  /** The answer to a question, fresh or not; null if none is kept. */
  @Nullable Kept find(String question) {
    return answers.getIfPresent(question);
  }

  /** True if nothing that the answer depends on has changed since. */
  boolean isFresh(Kept kept) {
    return versions.fresh(kept.dependencies(), kept.since());
  }

  /** Keeps the answer to a question that was read after a time. */
  void put(
      String question, Representation answer, byte[] hash, Dependencies dependencies, long since) {
    answers.put(question, new Kept(answer, hash, dependencies.buckets(), since));
  }

  /** Forgets all answers. */
  public void clear() {
    answers.invalidateAll();
  }

  /** Counts an answer that was given again. */
  void hit() {
    hits.increment();
  }

  /** Counts an answer that was worked out. */
  void missed() {
    misses.increment();
  }

  /**
   * The content, and the counts since the start.
   *
   * @param bytes about how many they use
   * @param maxBytes how many they may use
   * @param hits answers that were given again
   * @param misses answers that were worked out
   */
  public record Use(long entries, long bytes, long maxBytes, long hits, long misses) {}

  /** The use now. */
  public Use use() {
    answers.cleanUp();
    long bytes =
        answers.policy().eviction().stream().mapToLong(each -> each.weightedSize().orElse(0)).sum();
    return new Use(
        answers.estimatedSize(),
        bytes,
        Setting.CALCULATION_BYTES.bytes(),
        hits.sum(),
        misses.sum());
  }
}
