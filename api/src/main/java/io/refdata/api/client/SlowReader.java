package io.refdata.api.client;

import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitWritableByteChannel;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.StreamSinkConduit;

/**
 * The way of an answer to a client that may be slow. What the client does not take goes to disk, so
 * that whoever makes the answer never waits; when it is made, the I/O thread sends the rest. Only
 * if there is no room on disk the maker waits, for a bounded time, then the connection is cut.
 */
final class SlowReader extends AbstractStreamSinkConduit<StreamSinkConduit> {
  private static final AttachmentKey<SlowReader> WAY = AttachmentKey.create(SlowReader.class);

  /** Who does not take as much while it is waited for is cut off. */
  private static final long LEAST_BYTES = 1 << 14;

  private final HttpServerExchange exchange;
  private final Spool spool;
  private final long patience;
  private volatile boolean making = true;
  private boolean ended;
  private boolean handedEnd;
  private long waited;
  private long taken;

  /**
   * @param patience for how long it may be waited for the client, in nanoseconds
   */
  SlowReader(StreamSinkConduit next, HttpServerExchange exchange, SpoolSpace space, long patience) {
    super(next);
    this.exchange = exchange;
    this.spool = new Spool(space);
    this.patience = patience;
    exchange.putAttachment(WAY, this);
    exchange.addExchangeCompleteListener(
        (done, following) -> {
          spool.close();
          following.proceed();
        });
  }

  /** All of the answer is made: from now on nobody waits who could not wait as well elsewhere. */
  static void made(HttpServerExchange exchange) {
    SlowReader way = exchange.getAttachment(WAY);
    if (way != null) {
      way.making = false;
    }
  }

  /** Whether there is more of an answer that is made than its client has taken. */
  static boolean isBehind(HttpServerExchange exchange) {
    return exchange.getAttachment(WAY) != null
        && !exchange.isResponseComplete()
        && exchange.getConnection().isOpen();
  }

  /** Sends the rest of an answer that is made, whenever the client takes some of it. */
  static void sendRest(HttpServerExchange exchange) {
    ConduitStreamSinkChannel sink = Connectors.getConduitSinkChannel(exchange);
    sink.setWriteListener(
        channel -> {
          try {
            if (channel.flush()) {
              channel.suspendWrites();
              exchange.endExchange();
            }
          } catch (IOException e) {
            IoUtils.safeClose(exchange.getConnection());
            exchange.endExchange();
          }
        });
    sink.wakeupWrites();
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    if (drained()) {
      int count = next.write(bytes);
      if (count != 0 || !bytes.hasRemaining()) {
        taken += count;
        return count;
      }
    }
    return making ? spool.add(bytes) : 0;
  }

  /** Whether nothing is left on disk. */
  private boolean drained() throws IOException {
    if (!spool.isEmpty()) {
      taken += spool.drainTo(next);
    }
    return spool.isEmpty();
  }

  @Override
  public long write(ByteBuffer[] buffers, int from, int count) throws IOException {
    long written = 0;
    for (int i = from; i < from + count; i++) {
      written += write(buffers[i]);
      if (buffers[i].hasRemaining()) {
        break;
      }
    }
    return written;
  }

  @Override
  public int writeFinal(ByteBuffer bytes) throws IOException {
    return Conduits.writeFinalBasic(this, bytes);
  }

  @Override
  public long writeFinal(ByteBuffer[] buffers, int from, int count) throws IOException {
    return Conduits.writeFinalBasic(this, buffers, from, count);
  }

  @Override
  public long transferFrom(FileChannel file, long position, long count) throws IOException {
    return file.transferTo(position, count, new ConduitWritableByteChannel(this));
  }

  @Override
  public long transferFrom(StreamSourceChannel source, long count, ByteBuffer through)
      throws IOException {
    return IoUtils.transfer(source, count, through, new ConduitWritableByteChannel(this));
  }

  @Override
  public void terminateWrites() throws IOException {
    ended = true;
    handOnEnd();
  }

  @Override
  public boolean isWriteShutdown() {
    return ended;
  }

  private void handOnEnd() throws IOException {
    if (ended && !handedEnd && spool.isEmpty()) {
      handedEnd = true;
      next.terminateWrites();
    }
  }

  /** Whether all is sent; to the maker it is, even if it is not. */
  @Override
  public boolean flush() throws IOException {
    if (!drained()) {
      return making;
    }
    handOnEnd();
    return next.flush() || making;
  }

  @Override
  public void awaitWritable() throws IOException {
    awaitWritable(patience, TimeUnit.NANOSECONDS);
  }

  @Override
  public void awaitWritable(long time, TimeUnit unit) throws IOException {
    long start = System.nanoTime();
    next.awaitWritable(Math.min(unit.toNanos(time), patience), TimeUnit.NANOSECONDS);
    waited += System.nanoTime() - start;
    if (waited < patience) {
      return;
    } else if (taken < LEAST_BYTES) {
      IoUtils.safeClose(exchange.getConnection());
      throw new IOException("The client does not read");
    }
    waited = 0;
    taken = 0;
  }
}
