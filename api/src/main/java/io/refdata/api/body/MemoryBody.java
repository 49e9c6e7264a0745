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
 * A body that is kept in memory until all of it is here; the servlets then read it as if it came
 * from the network.
 */
final class MemoryBody extends Receiving {
  /** Up to so many bytes a body may use the memory that is kept for small ones. */
  private static final int SMALL = 1 << 16;

  private static final int CHUNK = 1 << 14;

  private final BodyMemory memory;
  private final int most;
  private final List<Chunk> chunks = new ArrayList<>();
  private long received;

  /**
   * @param most how many bytes it may have
   */
  MemoryBody(
      HttpServerExchange exchange,
      HttpHandler next,
      Pace.Bounds bounds,
      BodyMemory memory,
      int most) {
    super(exchange, next, bounds);
    this.memory = memory;
    this.most = most;
  }

  @Override
  void read(StreamSourceChannel channel) throws IOException {
    if (exchange.getRequestContentLength() > most) {
      tooLarge();
      return;
    }
    while (true) {
      ByteBuffer buffer = room();
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
      pace.came(read);
      received += read;
      if (received > most) {
        tooLarge();
        return;
      }
    }
  }

  /** Where to read to; null if there is no memory left. */
  private @org.jspecify.annotations.Nullable ByteBuffer room() {
    if (!chunks.isEmpty()) {
      ByteBuffer last = chunks.get(chunks.size() - 1).getBuffer();
      if (last.hasRemaining()) {
        return last;
      }
    }
    int bytes = chunkBytes();
    if (!memory.take(bytes, received < SMALL)) {
      return null;
    }
    Chunk chunk = new Chunk(memory, bytes);
    chunks.add(chunk);
    return chunk.getBuffer();
  }

  /** One more than is left, if that is known, so that the end is seen without another chunk. */
  private int chunkBytes() {
    long length = exchange.getRequestContentLength();
    int chunk = received < SMALL ? CHUNK : SMALL;
    return length < 0 ? chunk : (int) Math.min(chunk, Math.max(0, length - received) + 1);
  }

  private void handOver(StreamSourceChannel channel) {
    chunks.forEach(chunk -> chunk.getBuffer().flip());
    if (received == 0) {
      forget();
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
            "The body takes at most %d MiB%s."
                .formatted(most >> 20, most > 1 << 20 ? "; load more as a file" : "")));
  }

  @Override
  void forget() {
    chunks.forEach(Chunk::close);
    chunks.clear();
  }
}
