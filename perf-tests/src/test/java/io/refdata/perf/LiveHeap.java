package io.refdata.perf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures the heap in use of another JVM: the bytes that its class histogram counts after a full
 * collection. While some work runs, it takes several samples and keeps the largest.
 */
final class LiveHeap {
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
  private static final long SAMPLE_NANOS = 100_000_000;

  private final long pid;
  private volatile long max;
  private volatile int samples;

  LiveHeap(long pid) {
    this.pid = pid;
  }

  /** The bytes in use now. */
  long now() {
    try {
      Process jcmd =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  Long.toString(pid),
                  "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      String histogram =
          new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      Matcher total = TOTAL.matcher(histogram);
      if (!total.find()) {
        throw new IllegalStateException("No histogram of " + pid + ": " + histogram);
      }
      return Long.parseLong(total.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs some work, and takes samples meanwhile, at least one. */
  <T> T watch(Callable<T> work) throws Exception {
    max = 0;
    samples = 0;
    Thread sampler = new Thread(this::sample, "live heap");
    sampler.start();
    try {
      return work.call();
    } finally {
      sampler.interrupt();
      sampler.join();
    }
  }

  private void sample() {
    while (!Thread.currentThread().isInterrupted()) {
      max = Math.max(max, now());
      samples = samples + 1;
      LockSupport.parkNanos(SAMPLE_NANOS);
    }
  }

  /** The largest sample of the last watch. */
  long max() {
    return max;
  }

  /** The number of samples of the last watch. */
  int samples() {
    return samples;
  }
}
