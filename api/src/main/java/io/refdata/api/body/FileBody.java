package io.refdata.api.body;

import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.persistence.load.ArrivingPayload;
import io.refdata.settings.Setting;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSourceChannel;

/**
 * A body of any size that goes to disk block by block. The I/O thread reads it, and one of a few
 * disk threads writes it. At most one block of it is in memory. The file is deleted at the end of
 * the exchange unless a load has taken it over.
 */
public final class FileBody extends Receiving {
  private static final Logger LOG = Logger.getLogger(FileBody.class);
  private static final AttachmentKey<ArrivingPayload> KEY =
      AttachmentKey.create(ArrivingPayload.class);

  /** The time until it tries again to reserve memory for a block. */
  private static final int RETRY_MILLIS = 50;

  private static final long MOST_BYTES = Setting.FILE_BYTES.number();

  private final BodyMemory memory;
  private final Executor disk;
  private final ArrivingPayload payload;
  private long received;

  FileBody(
      HttpServerExchange exchange,
      HttpHandler next,
      Pace.Bounds bounds,
      BodyMemory memory,
      Executor disk,
      ArrivingPayload payload) {
    super(exchange, next, bounds);
    this.memory = memory;
    this.disk = disk;
    this.payload = payload;
    exchange.putAttachment(KEY, payload);
    exchange.addExchangeCompleteListener(
        (done, nextListener) -> {
          discard();
          nextListener.proceed();
        });
  }

  /** The body of a request for a load, on disk. */
  public static ArrivingPayload arrived(HttpServerExchange exchange) {
    ArrivingPayload arrived = exchange.getAttachment(KEY);
    if (arrived == null) {
      throw new IllegalStateException("No body goes to disk at " + exchange.getRequestURI());
    }
    return arrived;
  }

  @Override
  void read(StreamSourceChannel channel) throws IOException {
    if (exchange.getRequestContentLength() > MOST_BYTES || received > MOST_BYTES) {
      refuse(
          new Problem(
              ProblemType.TOO_LARGE, "A file can have at most %,d bytes.".formatted(MOST_BYTES)));
      return;
    }
    PooledByteBuffer block = exchange.getConnection().getByteBufferPool().allocate();
    ByteBuffer buffer = block.getBuffer();
    int bytes = buffer.remaining();
    if (!memory.reserve(bytes, true)) {
      block.close();
      pause(channel);
      exchange
          .getIoThread()
          .executeAfter(() -> resume(channel), RETRY_MILLIS, TimeUnit.MILLISECONDS);
      return;
    }
    boolean handedOver = false;
    try {
      int read;
      do {
        read = channel.read(buffer);
      } while (read > 0 && buffer.hasRemaining());
      pace.received(buffer.position());
      received += buffer.position();
      if (buffer.position() > 0) {
        boolean last = read < 0;
        pause(channel);
        buffer.flip();
        disk.execute(() -> write(block, bytes, channel, last));
        handedOver = true;
      } else if (read < 0) {
        complete(channel);
      }
    } finally {
      if (!handedOver) {
        block.close();
        memory.release(bytes);
      }
    }
  }

  private void pause(StreamSourceChannel channel) {
    channel.suspendReads();
    pace.pause();
  }

  private void write(PooledByteBuffer block, int bytes, StreamSourceChannel channel, boolean last) {
    IOException failure = null;
    try {
      payload.write(block.getBuffer());
    } catch (IOException e) {
      failure = e;
    } finally {
      block.close();
      memory.release(bytes);
    }
    IOException thrown = failure;
    exchange.getIoThread().execute(() -> written(thrown, channel, last));
  }

  private void written(@Nullable IOException failure, StreamSourceChannel channel, boolean last) {
    if (hasEnded()) {
      return; // it was refused meanwhile, for its slowness
    }
    if (!exchange.getConnection().isOpen()) {
      refuseIncomplete();
    } else if (failure != null) {
      LOG.warnf("A body could not be put on disk: %s", failure);
      refuse(new Problem(ProblemType.UNAVAILABLE, "The body could not be put on disk."));
    } else if (last) {
      complete(channel);
    } else {
      resume(channel);
    }
  }

  private void resume(StreamSourceChannel channel) {
    pace.resume();
    channel.resumeReads();
  }

  @Override
  void discard() {
    disk.execute(() -> IoUtils.safeClose(payload));
  }
}
