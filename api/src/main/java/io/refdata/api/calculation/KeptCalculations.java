package io.refdata.api.calculation;

import io.refdata.api.response.Representation;
import io.refdata.persistence.freshness.Dependencies;
import io.refdata.persistence.freshness.Versions;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The answers to calculations. One is used while nothing that it depends on has changed. After that
 * its series are read again; if they are as they were, so is the answer (docs/adr/053).
 *
 * <p>If there are too many, the one that was not used for the longest time is forgotten. A policy
 * by frequency would refuse a new answer that is longer than its window of 1 %, and most are.
 */
@ApplicationScoped
public class KeptCalculations {
  /** With the places in the cache, the texts and all objects around the bytes. */
  private static final int OBJECT_BYTES = 700;

  private final Versions versions;
  private final long maxBytes;
  private final long lifetime;

  /** By question, in the order of last use. */
  private final Map<String, Kept> answers = new LinkedHashMap<>(16, 0.75f, true);

  private long bytes;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private long evictions;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway")
  KeptCalculations() {
    this(null, 0, 0);
  }

  @Inject
  public KeptCalculations(Versions versions) {
    this(
        versions,
        Setting.CALCULATION_BYTES.bytes(),
        Setting.ANSWERS_OBSERVATIONS_LIFETIME.time().toNanos());
  }

  /**
   * @param maxBytes about how many all answers together may use; 0 keeps none
   * @param lifetime of an answer, in nanoseconds
   */
  KeptCalculations(Versions versions, long maxBytes, long lifetime) {
    this.versions = versions;
    this.maxBytes = maxBytes;
    this.lifetime = lifetime;
  }

  /**
   * An answer.
   *
   * @param hash that of what it was worked out from
   * @param dependencies the buckets of what it depends on
   * @param since the time of {@link Versions} before that was read
   * @param madeAt the nanosecond it was kept at
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Kept(Representation answer, byte[] hash, int[] dependencies, long since, long madeAt) {}

  /** An answer is there as it is, and in gzip, which is at most as long. */
  private static long weight(String question, Kept kept) {
    return 2L * kept.answer().length()
        + Integer.BYTES * (long) kept.dependencies().length
        + question.length()
        + OBJECT_BYTES;
  }

  /** The time to note before anything is read. */
  long now() {
    return versions.now();
  }

  /** The answer to a question, fresh or not; null if none is kept. */
  synchronized @Nullable Kept find(String question) {
    Kept kept = answers.get(question);
    if (kept != null && System.nanoTime() - kept.madeAt() > lifetime) {
      remove(question);
      return null;
    }
    return kept;
  }

  private void remove(String question) {
    Kept removed = answers.remove(question);
    if (removed != null) {
      bytes -= weight(question, removed);
    }
  }

  /** True if nothing that the answer depends on has changed since. */
  boolean isFresh(Kept kept) {
    return versions.fresh(kept.dependencies(), kept.since());
  }

  /** Keeps the answer to a question that was read after a time. */
  synchronized void put(
      String question, Representation answer, byte[] hash, Dependencies dependencies, long since) {
    remove(question);
    Kept kept = new Kept(answer, hash, dependencies.buckets(), since, System.nanoTime());
    long weight = weight(question, kept);
    if (weight > maxBytes) {
      return;
    }
    answers.put(question, kept);
    bytes += weight;
    Iterator<Map.Entry<String, Kept>> oldest = answers.entrySet().iterator();
    while (bytes > maxBytes) {
      Map.Entry<String, Kept> entry = oldest.next();
      bytes -= weight(entry.getKey(), entry.getValue());
      oldest.remove();
      evictions++;
    }
  }

  /** Forgets all answers. */
  public synchronized void clear() {
    answers.clear();
    bytes = 0;
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
   * @param evictions answers that were forgotten because there were too many
   */
  public record Use(
      long entries, long bytes, long maxBytes, long hits, long misses, long evictions) {}

  /** The use now. */
  public synchronized Use use() {
    return new Use(answers.size(), bytes, maxBytes, hits.sum(), misses.sum(), evictions);
  }
}
