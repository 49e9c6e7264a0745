package io.refdata.api.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.api.observation.ObservationFiles;
import io.refdata.api.problem.Failures;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.persistence.Connections;
import io.refdata.persistence.export.Export;
import io.refdata.persistence.export.ExportFiles;
import io.refdata.persistence.export.ExportQueue;
import io.refdata.persistence.export.UnfinishedExport;
import io.refdata.persistence.json.Json;
import io.refdata.settings.Setting;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes the files of exports that are due, some at a time. Looks for them when one is asked for,
 * when one has ended, and every few seconds: another server may have died over one.
 */
@ApplicationScoped
public class ExportRunner {
  private static final Logger LOG = Logger.getLogger(ExportRunner.class);
  private static final int AT_A_TIME = (int) Setting.EXPORTS_AT_A_TIME.number();

  /** A claim is renewed some times before it runs out. */
  private static final int LOOKS_IN_A_LEASE = 6;

  private static final int BLOCK = 1 << 16;

  @Inject private ExportQueue queue;
  @Inject private ExportFiles files;
  @Inject private ObservationFiles observations;
  @Inject private Failures failures;
  @Inject private Connections connections;

  @Resource(lookup = "java:jboss/ee/concurrency/scheduler/default")
  private ScheduledExecutorService scheduler;

  @Resource(lookup = "java:jboss/ee/concurrency/executor/default")
  private ExecutorService threads;

  private final Map<Long, Work> works = new ConcurrentHashMap<>();
  private @Nullable ScheduledFuture<?> looks;
  private volatile boolean shutDown;

  /** For the CDI container only. */
  @SuppressWarnings("NullAway.Init")
  public ExportRunner() {}

  /** Why a file is not written to its end. */
  private enum Stop {
    /** Its export was deleted, or another server writes it. */
    LOST,
    /** All files together have too many bytes. */
    NO_ROOM,
    /** The server shuts down. */
    SHUT_DOWN
  }

  /** The writing of a file. */
  private static final class Work {
    private final Export export;
    private volatile @Nullable UnfinishedExport file;
    private volatile @Nullable Stop stop;

    Work(Export export) {
      this.export = export;
    }

    void begin(UnfinishedExport begun) {
      file = begun;
      if (stop != null) {
        begun.stop();
      }
    }

    void stop(Stop why) {
      stop = why;
      UnfinishedExport begun = file;
      if (begun != null) {
        begun.stop();
      }
    }

    long bytes() {
      UnfinishedExport begun = file;
      return begun == null ? 0 : begun.bytes();
    }
  }

  void start(
      @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.APPLICATION)
          Object started) {
    looks =
        scheduler.scheduleWithFixedDelay(
            this::look,
            0,
            Math.max(1, Setting.EXPORTS_LEASE.time().toMillis() / LOOKS_IN_A_LEASE),
            TimeUnit.MILLISECONDS);
  }

  /** The server shuts down in order: what it writes is begun again by another, or by the next. */
  @PreDestroy
  void end() {
    shutDown = true;
    if (looks != null) {
      looks.cancel(false);
    }
    for (Work work : works.values()) {
      work.stop(Stop.SHUT_DOWN);
      try {
        queue.release(work.export);
      } catch (RuntimeException e) {
        LOG.debugf(e, "Export %d is begun again when its claim runs out", work.export.id());
      }
    }
  }

  /** Something has changed in the queue. */
  void wake() {
    try {
      scheduler.execute(this::look);
    } catch (RejectedExecutionException | IllegalStateException e) {
      LOG.debug("The server ends", e);
    }
  }

  private synchronized void look() {
    if (shutDown) {
      return;
    }
    try {
      works.values().forEach(this::renew);
      int free = AT_A_TIME - works.size();
      if (free > 0) {
        queue.claim(free).forEach(this::begin);
      }
    } catch (RuntimeException e) {
      LOG.debug("Looking for exports that are due failed", e);
      if (Connections.lost(e)) {
        connections.dropDead();
      } else {
        LOG.errorf("Exports are not written: %s", e.getMessage());
      }
    }
  }

  private void renew(Work work) {
    queue
        .renew(work.export, work.bytes())
        .ifPresentOrElse(
            room -> {
              if (room < 0) {
                work.stop(Stop.NO_ROOM);
              }
            },
            // Also if it has ended meanwhile.
            () -> work.stop(Stop.LOST));
  }

  private void begin(Export export) {
    Work work = new Work(export);
    works.put(export.id(), work);
    try {
      threads.execute(() -> write(work));
    } catch (RejectedExecutionException | IllegalStateException e) {
      works.remove(export.id());
      queue.release(export);
    }
  }

  private void write(Work work) {
    Export export = work.export;
    try {
      complete(work);
    } catch (IOException | RuntimeException e) {
      try {
        failed(work, e);
      } catch (RuntimeException unrecorded) {
        LOG.debugf(unrecorded, "Export %d is begun again when its claim runs out", export.id());
      }
    } finally {
      works.remove(export.id(), work);
      wake();
    }
  }

  private void complete(Work work) throws IOException {
    Export export = work.export;
    String path = Objects.requireNonNull(export.path());
    try (UnfinishedExport file = files.begin(path)) {
      work.begin(file);
      OutputStream out = new BufferedOutputStream(file, BLOCK);
      long rows =
          observations.write(
              export.dataset(),
              (ObjectNode) Json.MAPPER.readTree(export.query()),
              export.asOf(),
              ExportOrder.format(export.format()).orElseThrow(),
              out);
      out.flush();
      if (queue.renew(export, file.bytes()).filter(room -> room < 0).isPresent()) {
        work.stop(Stop.NO_ROOM);
      }
      byte[] sha256 = file.finish();
      if (!queue.complete(export, rows, file.bytes(), sha256)) {
        files.remove(path);
      }
    }
  }

  private void failed(Work work, Exception failure) {
    Export export = work.export;
    Stop stop = work.stop;
    if (stop == Stop.NO_ROOM) {
      queue.fail(
          export,
          "All files of exports together may have %,d bytes. Delete some, or wait until they expire."
              .formatted(Setting.EXPORTS_BYTES.number()));
      return;
    } else if (stop != null) {
      LOG.debugf(failure, "Export %d is not written here any more", export.id());
      return;
    }
    Problem problem = failures.problem(failure);
    if (problem.type() == ProblemType.UNAVAILABLE) {
      LOG.debugf(failure, "Export %d is begun again when its claim runs out", export.id());
    } else {
      queue.fail(export, detail(problem));
    }
  }

  private static String detail(Problem problem) {
    return String.valueOf(problem.getMessage());
  }
}
