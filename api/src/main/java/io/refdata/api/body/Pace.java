package io.refdata.api.body;

import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;

/**
 * Checks that a body does not arrive too slowly: in each span of time the end of the body or a
 * least number of bytes must arrive. A span is not judged if the server itself paused reading for
 * more than half of it. Everything here runs on the I/O thread.
 */
final class Pace {
  private final Bounds bounds;
  private final XnioIoThread thread;
  private final Consumer<Problem> tooSlow;
  private long received;
  private long pausedSince;
  private long pausedNanos;
  private XnioExecutor.@Nullable Key timer;

  /**
   * The least speed of a body.
   *
   * @param span the time after which the speed is judged
   * @param bytes the least number of bytes that must arrive in a span
   */
  record Bounds(Duration span, long bytes) {}

  Pace(Bounds bounds, XnioIoThread thread, Consumer<Problem> tooSlow) {
    this.bounds = bounds;
    this.thread = thread;
    this.tooSlow = tooSlow;
  }

  void start() {
    received = 0;
    pausedNanos = 0;
    pausedSince = pausedSince == 0 ? 0 : System.nanoTime();
    timer = thread.executeAfter(this::judge, bounds.span().toMillis(), TimeUnit.MILLISECONDS);
  }

  void received(long bytes) {
    received += bytes;
  }

  /** The server stops reading for a while. */
  void pause() {
    pausedSince = System.nanoTime();
  }

  /** The server reads again. */
  void resume() {
    pausedNanos += currentPause();
    pausedSince = 0;
  }

  private long currentPause() {
    return pausedSince == 0 ? 0 : System.nanoTime() - pausedSince;
  }

  void stop() {
    if (timer != null) {
      timer.remove();
      timer = null;
    }
  }

  private void judge() {
    if (timer == null) {
      return;
    }
    boolean mostlyPaused = pausedNanos + currentPause() > bounds.span().toNanos() / 2;
    if (mostlyPaused || received >= bounds.bytes()) {
      start();
      return;
    }
    timer = null;
    tooSlow.accept(
        new Problem(
            ProblemType.TOO_SLOW,
            "Only %d bytes of the body arrived in %d s; the least is %d."
                .formatted(received, bounds.span().toSeconds(), bounds.bytes())));
  }
}
