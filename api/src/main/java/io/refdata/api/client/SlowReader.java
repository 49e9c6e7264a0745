package io.refdata.api.client;

import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitWritableByteChannel;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.StreamSinkConduit;

/**
 * Sends a response to a client that may read slowly. Bytes that the client does not read yet go to
 * disk, so the worker thread that writes the response does not wait for the client. When the
 * response is written, the I/O thread sends the rest. After the first {@link #FREELY} bytes, the
 * worker thread keeps the pace of {@link SpoolSpace}. Only if there is no room on disk does it wait
 * for the client, for a bounded time; then the connection is closed.
 */
final class SlowReader extends AbstractStreamSinkConduit<StreamSinkConduit> {
  private static final AttachmentKey<SlowReader> KEY = AttachmentKey.create(SlowReader.class);

  /** A client that reads fewer bytes during {@link #patience} is disconnected. */
  private static final long MIN_BYTES = 1 << 14;

  /** So many bytes may be on disk at any pace: most responses are shorter. */
  private static final long FREELY = 1 << 20;

  private final HttpServerExchange exchange;
  private final SpoolSpace space;
  private final Spool spool;
  private final long patience;
  private volatile @Nullable FileSection last;
  private volatile boolean writing = true;
  private boolean ended;
  private boolean endSent;
  private boolean tooFast;
  private long waited;
  private long accepted;

  /**
   * @param patience how long the worker thread may wait for the client, in nanoseconds
   */
  SlowReader(StreamSinkConduit next, HttpServerExchange exchange, SpoolSpace space, long patience) {
    super(next);
    this.exchange = exchange;
    this.space = space;
    this.spool = new Spool(space);
    this.patience = patience;
    exchange.putAttachment(KEY, this);
    exchange.addExchangeCompleteListener(
        (done, nextListener) -> {
          spool.close();
          nextListener.proceed();
        });
  }

  /** The response is written: from now on only the I/O thread waits for the client. */
  static void finishWriting(HttpServerExchange exchange) {
    SlowReader reader = exchange.getAttachment(KEY);
    if (reader != null) {
      reader.writing = false;
    }
  }

  /** Sends a part of a file after all that was written. */
  static void sendLast(HttpServerExchange exchange, FileSection section) throws IOException {
    SlowReader reader = exchange.getAttachment(KEY);
    if (reader == null) {
      throw new IOException("The response has not begun");
    }
    reader.last = section;
  }

  /** Whether the client has not read the whole response yet. */
  static boolean isBehind(HttpServerExchange exchange) {
    return exchange.getAttachment(KEY) != null
        && !exchange.isResponseComplete()
        && exchange.getConnection().isOpen();
  }

  /** Sends the rest of a written response as the client reads it. */
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
    if (drain()) {
      int count = next.write(bytes);
      if (count != 0 || !bytes.hasRemaining()) {
        accepted += count;
        return count;
      }
    }
    return writing ? put(bytes) : 0;
  }

  /**
   * Puts bytes on disk; returns how many: all of them, or 0 if that is too fast or there is no
   * room.
   */
  private int put(ByteBuffer bytes) throws IOException {
    tooFast = spool.length() >= FREELY && !space.isInPace(bytes.remaining());
    return tooFast ? 0 : spool.add(bytes);
  }

  /** Sends bytes from disk; true if none are left there. */
  private boolean drain() throws IOException {
    if (!spool.isEmpty()) {
      accepted += spool.drainTo(next);
    }
    FileSection section = last;
    if (spool.isEmpty() && section != null) {
      section.drainTo(next);
    }
    return isDrained();
  }

  private boolean isDrained() {
    FileSection section = last;
    return spool.isEmpty() && (section == null || section.isSent());
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
    sendEnd();
  }

  @Override
  public boolean isWriteShutdown() {
    return ended;
  }

  private void sendEnd() throws IOException {
    if (ended && !endSent && isDrained()) {
      endSent = true;
      next.terminateWrites();
    }
  }

  /** Whether everything is sent. While the response is being written it always says so. */
  @Override
  public boolean flush() throws IOException {
    if (!drain()) {
      return writing;
    }
    sendEnd();
    return next.flush() || writing;
  }

  @Override
  public void awaitWritable() throws IOException {
    awaitWritable(patience, TimeUnit.NANOSECONDS);
  }

  @Override
  public void awaitWritable(long time, TimeUnit unit) throws IOException {
    if (tooFast) {
      long pause = Math.min(unit.toNanos(time), space.untilNextSpan());
      next.awaitWritable(pause, TimeUnit.NANOSECONDS);
      return;
    }
    long start = System.nanoTime();
    next.awaitWritable(Math.min(unit.toNanos(time), patience), TimeUnit.NANOSECONDS);
    waited += System.nanoTime() - start;
    if (waited < patience) {
      return;
    } else if (accepted < MIN_BYTES) {
      IoUtils.safeClose(exchange.getConnection());
      throw new IOException("The client does not read");
    }
    waited = 0;
    accepted = 0;
  }
}
