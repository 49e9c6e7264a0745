package io.refdata.api.client;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Connections of clients that mean no good, or have a very bad line. */
final class Attackers implements AutoCloseable {
  private static final int SMALL_WINDOW = 4096;
  private static final int ANSWER_MILLIS = 30_000;

  private final List<Socket> sockets = new ArrayList<>();
  private final ScheduledExecutorService drops = Executors.newSingleThreadScheduledExecutor();

  /** One more, who sends something and then neither reads nor sends. */
  Socket open(String text) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(SMALL_WINDOW);
    socket.connect(new InetSocketAddress("127.0.0.1", RestAssured.port));
    socket.setSoTimeout(ANSWER_MILLIS);
    sockets.add(socket);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  /** Each of them sends one byte more in each second. */
  void drip() {
    List<Socket> all = List.copyOf(sockets);
    drops.scheduleAtFixedRate(
        () -> {
          for (Socket socket : all) {
            try {
              socket.getOutputStream().write(' ');
            } catch (IOException e) {
              // It was cut off, as it should be.
            }
          }
        },
        1,
        1,
        TimeUnit.SECONDS);
  }

  /** The beginning of a request. */
  static String request(String method, String path, String... headers) {
    return "%s %s HTTP/1.1\r\nHost: attacked\r\n%s\r\n"
        .formatted(
            method,
            path,
            String.join("", java.util.Arrays.stream(headers).map(line -> line + "\r\n").toList()));
  }

  /** The first line of the answer. */
  static String status(Socket socket) throws IOException {
    return line(socket.getInputStream());
  }

  /** The next line, without its end. */
  static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int c = in.read();
    while (c >= 0 && c != '\n') {
      line.append((char) c);
      c = in.read();
    }
    return line.toString().stripTrailing();
  }

  /** All of them go away. */
  @Override
  public void close() {
    drops.shutdownNow();
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        // It has gone.
      }
    }
  }
}
