package io.refdata.api.body;

import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.persistence.load.ArrivingPayload;
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
 * A body of any size that goes to disk block by block: read by the I/O thread, written by one of a
 * few threads that do nothing else, never more than one block of it in memory. What is not kept by
 * the end of the exchange is deleted.
 */
public final class FileBody extends Receiving {
  private static final Logger LOG = Logger.getLogger(FileBody.class);
  private static final AttachmentKey<ArrivingPayload> ARRIVED =
      AttachmentKey.create(ArrivingPayload.class);

  /** Until there is memory for a block again. */
  private static final int PAUSE_MILLIS = 50;

  private final BodyMemory memory;
  private final Executor disk;
  private final ArrivingPayload payload;

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
    exchange.putAttachment(ARRIVED, payload);
    exchange.addExchangeCompleteListener(
        (done, following) -> {
          forget();
          following.proceed();
        });
  }

  /** The body that came with a request for a load, on disk. */
  public static ArrivingPayload arrived(HttpServerExchange exchange) {
    ArrivingPayload arrived = exchange.getAttachment(ARRIVED);
    if (arrived == null) {
      throw new IllegalStateException("No body goes to disk at " + exchange.getRequestURI());
    }
    return arrived;
  }

  @Override
  void read(StreamSourceChannel channel) throws IOException {
    PooledByteBuffer block = exchange.getConnection().getByteBufferPool().allocate();
    ByteBuffer buffer = block.getBuffer();
    int bytes = buffer.remaining();
    if (!memory.take(bytes, true)) {
      block.close();
      pause(channel);
      exchange.getIoThread().executeAfter(() -> goOn(channel), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      return;
    }
    boolean handedOn = false;
    try {
      int read;
      do {
        read = channel.read(buffer);
      } while (read > 0 && buffer.hasRemaining());
      pace.came(buffer.position());
      if (buffer.position() > 0) {
        boolean last = read < 0;
        pause(channel);
        buffer.flip();
        disk.execute(() -> write(block, bytes, channel, last));
        handedOn = true;
      } else if (read < 0) {
        complete(channel);
      }
    } finally {
      if (!handedOn) {
        block.close();
        memory.give(bytes);
      }
    }
  }

  private void pause(StreamSourceChannel channel) {
    channel.suspendReads();
    pace.hold();
  }

  private void write(PooledByteBuffer block, int bytes, StreamSourceChannel channel, boolean last) {
    IOException failure = null;
    try {
      payload.write(block.getBuffer());
    } catch (IOException e) {
      failure = e;
    } finally {
      block.close();
      memory.give(bytes);
    }
    IOException thrown = failure;
    exchange.getIoThread().execute(() -> written(thrown, channel, last));
  }

  private void written(@Nullable IOException failure, StreamSourceChannel channel, boolean last) {
    if (!exchange.getConnection().isOpen()) {
      breakOff();
    } else if (failure != null) {
      LOG.warnf("A body could not be put on disk: %s", failure);
      refuse(new Problem(ProblemType.UNAVAILABLE, "The body could not be put on disk."));
    } else if (last) {
      complete(channel);
    } else {
      goOn(channel);
    }
  }

  private void goOn(StreamSourceChannel channel) {
    pace.release();
    channel.resumeReads();
  }

  @Override
  void forget() {
    disk.execute(() -> IoUtils.safeClose(payload));
  }
}
