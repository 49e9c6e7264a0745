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
 * How fast a body has to come: in each span of time so many bytes at least, or its end. A span in
 * most of which the server itself does not read is not judged. All of it happens on the I/O thread.
 */
final class Pace {
  private final Bounds bounds;
  private final XnioIoThread thread;
  private final Consumer<Problem> tooSlow;
  private long came;
  private long heldSince;
  private long heldNanos;
  private XnioExecutor.@Nullable Key next;

  /**
   * @param span how long the server looks before it judges
   * @param bytes how many have to come in it
   */
  record Bounds(Duration span, long bytes) {}

  Pace(Bounds bounds, XnioIoThread thread, Consumer<Problem> tooSlow) {
    this.bounds = bounds;
    this.thread = thread;
    this.tooSlow = tooSlow;
  }

  void start() {
    came = 0;
    heldNanos = 0;
    heldSince = heldSince == 0 ? 0 : System.nanoTime();
    next = thread.executeAfter(this::judge, bounds.span().toMillis(), TimeUnit.MILLISECONDS);
  }

  void came(long bytes) {
    came += bytes;
  }

  /** The server has something else to do before it reads on. */
  void hold() {
    heldSince = System.nanoTime();
  }

  /** The server reads again. */
  void release() {
    heldNanos += held();
    heldSince = 0;
  }

  private long held() {
    return heldSince == 0 ? 0 : System.nanoTime() - heldSince;
  }

  void stop() {
    if (next != null) {
      next.remove();
      next = null;
    }
  }

  private void judge() {
    if (next == null) {
      return;
    }
    boolean mostlyHeld = heldNanos + held() > bounds.span().toNanos() / 2;
    if (mostlyHeld || came >= bounds.bytes()) {
      start();
      return;
    }
    next = null;
    tooSlow.accept(
        new Problem(
            ProblemType.TOO_SLOW,
            "Of the body, %d bytes came in %d s; at least %d have to."
                .formatted(came, bounds.span().toSeconds(), bounds.bytes())));
  }
}
