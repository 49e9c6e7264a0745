package io.refdata.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.BlockingHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that sends its body in chunks, and lines after the last one. */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
class FewTrailersTest {
  private static final String HEAD =
      "POST /%s HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final int MEGABYTE = 1 << 20;

  private Undertow server;

  /** At /read the number of bytes of the body is the answer; elsewhere nobody reads it. */
  @BeforeEach
  void start() {
    HttpHandler reader =
        new BlockingHandler(
            exchange -> {
              int bytes = exchange.getInputStream().readAllBytes().length;
              exchange.getResponseSender().send(Integer.toString(bytes));
            });
    server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(
                exchange -> {
                  FewTrailers.bound(exchange);
                  if (exchange.getRequestPath().equals("/read")) {
                    reader.handleRequest(exchange);
                  } else {
                    exchange.endExchange();
                  }
                })
            .build();
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private Socket connect() throws IOException {
    InetSocketAddress at = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    return new Socket("127.0.0.1", at.getPort());
  }

  private static void send(Socket to, String text) throws IOException {
    to.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    to.getOutputStream().flush();
  }

  @Test
  void aFewLinesAfterTheLastChunkAreTaken() throws IOException {
    try (Socket client = connect()) {
      send(client, HEAD.formatted("read"));
      for (int i = 0; i < 300; i++) {
        send(client, "1");
        send(client, "\r\n");
        send(client, "x\r\n");
      }
      send(client, "0\r\nDigest: " + "y".repeat(10_000) + "\r\n\r\n");
      client.shutdownOutput();
      String answer =
          new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(answer).contains(" 200 ").endsWith("300");
    }
  }

  @Test
  void linesWithoutEndAreCutOff() {
    for (String path : new String[] {"read", "unread"}) {
      for (String line : new String[] {"y".repeat(MEGABYTE), "Y: y\r\n".repeat(MEGABYTE / 6)}) {
        assertThatThrownBy(() -> sendTrailers(path, line))
            .as("%s, %.6s", path, line)
            .isInstanceOf(IOException.class);
      }
    }
  }

  /** More than the buffers of both sides hold beside what the server takes. */
  private void sendTrailers(String path, String line) throws IOException {
    try (Socket client = connect()) {
      send(client, HEAD.formatted(path) + "0\r\nX: ");
      OutputStream out = client.getOutputStream();
      for (int i = 0; i < 64; i++) {
        out.write(line.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
  }
}
