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
 * What of another JVM's heap is in use: the bytes that its class histogram counts after a full
 * collection, the most of several looks while something goes on.
 */
final class LiveHeap {
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
  private static final long BETWEEN_LOOKS = 100_000_000;

  private final long pid;
  private volatile long most;
  private volatile int looks;

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

  /** The most bytes in use while something is done; it is looked at least once. */
  <T> T watch(Callable<T> something) throws Exception {
    most = 0;
    looks = 0;
    Thread looking = new Thread(this::look, "live heap");
    looking.start();
    try {
      return something.call();
    } finally {
      looking.interrupt();
      looking.join();
    }
  }

  private void look() {
    while (!Thread.currentThread().isInterrupted()) {
      most = Math.max(most, now());
      looks = looks + 1;
      LockSupport.parkNanos(BETWEEN_LOOKS);
    }
  }

  /** The most that the last watch saw. */
  long most() {
    return most;
  }

  /** How often the last watch looked. */
  int looks() {
    return looks;
  }
}
