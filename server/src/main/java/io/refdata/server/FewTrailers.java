package io.refdata.server;

import io.refdata.settings.Setting;
import io.undertow.server.ConduitWrapper;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.ConduitFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ConduitReadableByteChannel;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Cuts off a body in chunks that goes on and on without a byte of content: such are the lines after
 * its last chunk (trailers), which Undertow keeps without a bound. Each read takes at most one
 * buffer off the connection; as many in turn may bring nothing as headers fill ({@code
 * refdata.headers.characters}), and some more, for the head of a chunk may come byte by byte.
 */
final class FewTrailers extends AbstractStreamSourceConduit<StreamSourceConduit> {
  /** The line end of the chunk before, eight digits and a line end. */
  private static final int BYTES_OF_CHUNK_HEAD = 12;

  private final HttpServerExchange exchange;
  private final long most;
  private long withoutContent;

  private FewTrailers(StreamSourceConduit next, HttpServerExchange exchange) {
    super(next);
    this.exchange = exchange;
    int buffer = exchange.getConnection().getByteBufferPool().getBufferSize();
    this.most = BYTES_OF_CHUNK_HEAD + Setting.HEADERS_CHARACTERS.number() / buffer;
  }

  /** Bounds the body of a request in chunks. */
  static void bound(HttpServerExchange exchange) {
    exchange.addRequestWrapper(new Wrapper());
  }

  private static final class Wrapper implements ConduitWrapper<StreamSourceConduit> {
    @Override
    public StreamSourceConduit wrap(
        ConduitFactory<StreamSourceConduit> body, HttpServerExchange exchange) {
      return new FewTrailers(body.create(), exchange);
    }
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int count = next.read(into);
    count(count > 0 || !into.hasRemaining() ? 1 : count);
    return count;
  }

  @Override
  public long read(ByteBuffer[] into, int first, int length) throws IOException {
    for (int i = first; i < first + length; i++) {
      if (into[i].hasRemaining()) {
        return read(into[i]);
      }
    }
    return 0;
  }

  @Override
  public long transferTo(long position, long count, FileChannel target) throws IOException {
    return target.transferFrom(new ConduitReadableByteChannel(this), position, count);
  }

  @Override
  public long transferTo(long count, ByteBuffer through, StreamSinkChannel target)
      throws IOException {
    return IoUtils.transfer(new ConduitReadableByteChannel(this), count, through, target);
  }

  private void count(int bytes) throws IOException {
    withoutContent = bytes == 0 ? withoutContent + 1 : 0;
    if (withoutContent > most) {
      IoUtils.safeClose(exchange.getConnection());
      throw new IOException("The body of a request goes on without content");
    }
  }
}
