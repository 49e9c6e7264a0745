package io.refdata.api.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Requests byte by byte, also such as no client library would send, to the server under test. */
public final class Wire {
  private static final JsonMapper JSON = new JsonMapper();

  private Wire() {}

  /** An answer as it came over the wire; header names in lower case. */
  public record Answer(int status, Map<String, String> headers, String body) {}

  /**
   * Sends a request without a body.
   *
   * @param request the method and the target, as in {@code GET /api/v1/regions}
   */
  public static Answer send(String request, String... headers) throws IOException {
    return sendBody(request, "", headers);
  }

  /** Sends a request; each character of it is one byte. */
  public static Answer sendBody(String request, String body, String... headers) throws IOException {
    String length = "Content-Length: " + body.length() + "\r\n";
    return exchange(head(request, headers) + length + "\r\n" + body, false);
  }

  /** Sends a request whose body breaks off after so much of it. */
  public static Answer sendPart(String request, String part, String... headers) throws IOException {
    String length = "Content-Length: " + (part.length() + 100) + "\r\n";
    return exchange(head(request, headers) + length + "\r\n" + part, true);
  }

  /** Sends a request whose body follows when the answer has begun. */
  public static Answer sendLate(String request, String body, String... headers) throws IOException {
    String length = "Content-Length: " + body.length() + "\r\n";
    try (Socket socket = socket()) {
      write(socket, head(request, headers) + length + "\r\n");
      PushbackInputStream answer = new PushbackInputStream(socket.getInputStream());
      answer.unread(answer.read());
      write(socket, body);
      return answer(answer);
    }
  }

  private static String head(String request, String... headers) {
    StringBuilder head = new StringBuilder(request + " HTTP/1.1\r\nHost: localhost\r\n");
    head.append("Connection: close\r\n");
    Arrays.stream(headers).forEach(header -> head.append(header).append("\r\n"));
    return head.toString();
  }

  /**
   * @param ends whether the client says that no more comes; who does that after a whole request may
   *     be taken for one that has gone
   */
  private static Answer exchange(String request, boolean ends) throws IOException {
    try (Socket socket = socket()) {
      write(socket, request);
      if (ends) {
        socket.shutdownOutput();
      }
      return answer(socket.getInputStream());
    }
  }

  private static Socket socket() throws IOException {
    return new Socket("127.0.0.1", Integer.getInteger("refdata.it.http.port", 0));
  }

  private static void write(Socket socket, String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Answer answer(InputStream in) throws IOException {
    String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    String[] parts = all.split("\r\n\r\n", 2);
    String[] lines = parts[0].split("\r\n");
    Map<String, String> headers = new TreeMap<>();
    Arrays.stream(lines)
        .skip(1)
        .map(line -> line.split(": ?", 2))
        .forEach(header -> headers.put(header[0].toLowerCase(Locale.ROOT), header[1]));
    return new Answer(Integer.parseInt(lines[0].split(" ")[1]), headers, parts[1]);
  }

  /** The problem that an answer is, with the status that it must have. */
  public static JsonNode problem(Answer answer, int status) throws IOException {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().get("content-type")).startsWith("application/problem+json");
    assertThat(answer.headers()).containsKey("server-timing");
    assertThat(answer.body())
        .doesNotContain("Exception", "io.refdata", "org.jboss", "jackson", "JsonReadFeature");
    int begin = answer.body().indexOf('{');
    JsonNode problem =
        JSON.readTree(answer.body().substring(begin, answer.body().lastIndexOf('}') + 1));
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("type").asText()).startsWith("/problems/");
    assertThat(problem.get("detail").asText()).isNotBlank();
    return problem;
  }
}
