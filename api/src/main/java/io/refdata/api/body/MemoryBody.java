package io.refdata.api.body;

import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.xnio.channels.StreamSourceChannel;

/**
 * A body that is held in memory until all of it has arrived. Servlets then read it as if it came
 * from the network.
 */
final class MemoryBody extends Receiving {
  /** The first bytes of a body may use the memory that is reserved for small bodies. */
  private static final int SMALL = 1 << 16;

  private static final int CHUNK = 1 << 14;

  private final BodyMemory memory;
  private final int maxBytes;
  private final List<Chunk> chunks = new ArrayList<>();
  private long received;

  /**
   * @param maxBytes the largest size of the body
   */
  MemoryBody(
      HttpServerExchange exchange,
      HttpHandler next,
      Pace.Bounds bounds,
      BodyMemory memory,
      int maxBytes) {
    super(exchange, next, bounds);
    this.memory = memory;
    this.maxBytes = maxBytes;
  }

  @Override
  void read(StreamSourceChannel channel) throws IOException {
    if (exchange.getRequestContentLength() > maxBytes) {
      tooLarge();
      return;
    }
    while (true) {
      ByteBuffer buffer = buffer();
      if (buffer == null) {
        refuse(
            new Problem(
                ProblemType.UNAVAILABLE, "The bodies of other requests take all memory now."));
        return;
      }
      int read = channel.read(buffer);
      if (read < 0) {
        handOver(channel);
        return;
      } else if (read == 0) {
        return;
      }
      pace.received(read);
      received += read;
      if (received > maxBytes) {
        tooLarge();
        return;
      }
    }
  }

  /** The buffer for the next bytes; null if there is no memory left. */
  private @org.jspecify.annotations.Nullable ByteBuffer buffer() {
    if (!chunks.isEmpty()) {
      ByteBuffer last = chunks.get(chunks.size() - 1).getBuffer();
      if (last.hasRemaining()) {
        return last;
      }
    }
    int bytes = chunkBytes();
    if (!memory.reserve(bytes, received < SMALL)) {
      return null;
    }
    Chunk chunk = new Chunk(memory, bytes);
    chunks.add(chunk);
    return chunk.getBuffer();
  }

  /**
   * The size of the next chunk. If the length of the body is given, it is one byte more than the
   * rest, so that the end is seen without another chunk.
   */
  private int chunkBytes() {
    long length = exchange.getRequestContentLength();
    int chunk = received < SMALL ? CHUNK : SMALL;
    return length < 0 ? chunk : (int) Math.min(chunk, Math.max(0, length - received) + 1);
  }

  private void handOver(StreamSourceChannel channel) {
    chunks.forEach(chunk -> chunk.getBuffer().flip());
    if (received == 0) {
      discard();
    } else {
      Connectors.ungetRequestBytes(exchange, chunks.toArray(PooledByteBuffer[]::new));
      Connectors.resetRequestChannel(exchange);
    }
    complete(channel);
  }

  private void tooLarge() {
    refuse(
        new Problem(
            ProblemType.TOO_LARGE,
            "The body can have at most %s%s."
                .formatted(
                    maxBytes < 1 << 20 ? (maxBytes >> 10) + " KiB" : (maxBytes >> 20) + " MiB",
                    maxBytes > 1 << 20 ? "; load more as a file" : "")));
  }

  @Override
  void discard() {
    chunks.forEach(Chunk::close);
    chunks.clear();
  }
}
