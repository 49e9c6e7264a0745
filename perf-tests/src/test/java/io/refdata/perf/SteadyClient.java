package io.refdata.perf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sends one GET again and again, by one thread, on connections that are kept, also after a refusal.
 * So it takes little of the processors that the server shares with it, and the server answers
 * requests instead of opening connections.
 */
final class SteadyClient implements AutoCloseable {
  private static final int BUFFER = 1 << 18;
  private static final double NANOS_A_MILLI = 1e6;
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

  private final InetSocketAddress address;
  private final byte[] request;
  private final int most;
  private final Selector selector = Selector.open();
  private final Deque<Asking> idle = new ArrayDeque<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private final List<Answer> answers = new ArrayList<>();
  private int open;
  private int busy;

  /**
   * @param header a line such as {@code Accept: application/json}
   * @param most connections at most; who finds all in use is not sent, and counts as not answered
   */
  SteadyClient(URI url, int most, String... header) throws IOException {
    this.address = new InetSocketAddress(url.getHost(), url.getPort());
    this.most = most;
    String target = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
    this.request =
        "GET %s HTTP/1.1\r\nHost: %s\r\n%s\r\n\r\n"
            .formatted(target, url.getAuthority(), String.join("\r\n", header))
            .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * A response.
   *
   * @param status 0 if there was none
   * @param millis from the time when its request was due until it was whole
   */
  record Answer(int status, double millis) {
    boolean isServed(double inTimeMillis) {
      return status == 200 && millis <= inTimeMillis;
    }
  }

  /** Sends requests at a rate, whether or not earlier ones have been answered. */
  List<Answer> atRate(double perSecond, int seconds) throws IOException {
    answers.clear();
    long start = System.nanoTime();
    long all = (long) (perSecond * seconds);
    long sent = 0;
    while (sent < all) {
      while (sent < all && due(start, sent, perSecond) <= System.nanoTime()) {
        ask(due(start, sent, perSecond));
        sent++;
      }
      read(1, false);
    }
    finish();
    return List.copyOf(answers);
  }

  private static long due(long start, long number, double perSecond) {
    return start + (long) (number * TimeUnit.SECONDS.toNanos(1) / perSecond);
  }

  /** Each of some users asks again as soon as it is answered. */
  List<Answer> users(int users, int seconds) throws IOException {
    answers.clear();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (int user = 0; user < users; user++) {
      ask(System.nanoTime());
    }
    while (System.nanoTime() < end) {
      read(1, true);
    }
    List<Answer> inTime = List.copyOf(answers);
    finish();
    return inTime;
  }

  /** The answer to one request. */
  Answer once() throws IOException {
    answers.clear();
    ask(System.nanoTime());
    finish();
    return answers.get(0);
  }

  private void finish() throws IOException {
    long end = System.nanoTime() + PATIENCE;
    while (busy > 0) {
      if (System.nanoTime() > end) {
        throw new IOException(busy + " requests were not answered");
      }
      read(1, false);
    }
  }

  private void ask(long due) throws IOException {
    Asking asking = idle.pollFirst();
    if (asking != null) {
      asking.send(due);
    } else if (open < most) {
      open++;
      new Asking(due).send();
    } else {
      answers.add(new Answer(0, PATIENCE / NANOS_A_MILLI));
    }
  }

  private void read(int millis, boolean again) throws IOException {
    List<Asking> answered = new ArrayList<>();
    selector.select(
        key -> {
          Asking asking = (Asking) key.attachment();
          if (asking.isAnswered()) {
            answered.add(asking);
          }
        },
        millis);
    for (Asking asking : answered) {
      if (again && asking.isOpen()) {
        asking.send(System.nanoTime());
      } else if (asking.isOpen()) {
        idle.addFirst(asking);
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }

  /** A connection, with the request that is under way on it. */
  private final class Asking {
    private final SocketChannel channel;
    private final ResponseEnd end = new ResponseEnd();
    private long due;

    Asking(long due) throws IOException {
      this.due = due;
      this.channel = SocketChannel.open(address);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
    }

    boolean isOpen() {
      return channel.isOpen();
    }

    void send(long due) throws IOException {
      this.due = due;
      send();
    }

    /** A request is small: the socket takes it whole. */
    private void send() throws IOException {
      end.begin();
      busy++;
      ByteBuffer bytes = ByteBuffer.wrap(request);
      while (bytes.hasRemaining()) {
        if (channel.write(bytes) < 0) {
          throw new IOException("The server closed a connection");
        }
      }
    }

    /** Reads what has come; true if it was the end of a response. */
    boolean isAnswered() {
      try {
        buffer.clear();
        int read = channel.read(buffer);
        if (read < 0) {
          channel.close();
          open--;
          return idle.remove(this) ? false : answered(0);
        }
        return end.isWhole(buffer.flip()) && answered(end.status());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private boolean answered(int status) {
      busy--;
      answers.add(new Answer(status, (System.nanoTime() - due) / NANOS_A_MILLI));
      return true;
    }
  }
}
