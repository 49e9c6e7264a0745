package io.refdata.api.fuzz;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/**
 * Sends bytes as they are, each request over a connection of its own, and reads what comes back.
 */
final class Wire {
  /** A server that says nothing for so long does not answer at all. */
  private static final int PATIENCE_MILLIS = 30_000;

  private final InetSocketAddress server;

  Wire(InetSocketAddress server) {
    this.server = server;
  }

  Answer send(Attempt attempt) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(server, PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      long begin = System.nanoTime();
      try {
        OutputStream out = socket.getOutputStream();
        out.write(attempt.bytes());
        out.flush();
        if (attempt.broken()) {
          socket.shutdownOutput();
        }
      } catch (SocketException e) {
        // The server may answer, and close, before it has read all.
      }
      try {
        return read(socket.getInputStream(), attempt.method().equals("HEAD"), begin);
      } catch (SocketException | SocketTimeoutException e) {
        return Answer.head("").with(new byte[0], false, System.nanoTime() - begin);
      }
    }
  }

  private static Answer read(InputStream socket, boolean headOnly, long begin) throws IOException {
    InputStream in = new BufferedInputStream(socket);
    Answer head = Answer.head(head(in));
    while (head.status() == 100) {
      head = Answer.head(head(in));
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean whole = true;
    if (!headOnly && head.status() != 304 && head.status() != 204 && head.status() != 0) {
      whole = body(in, head, body);
    }
    byte[] bytes = body.toByteArray();
    if (head.header("content-encoding").equals("gzip") && bytes.length > 0) {
      bytes = new GZIPInputStream(new java.io.ByteArrayInputStream(bytes)).readAllBytes();
    }
    return head.with(bytes, whole, System.nanoTime() - begin);
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int ends = 0;
    while (ends < 4) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      ends = next == "\r\n\r\n".charAt(ends) ? ends + 1 : next == '\r' ? 1 : 0;
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static boolean body(InputStream in, Answer head, ByteArrayOutputStream body)
      throws IOException {
    if (head.header("transfer-encoding").equalsIgnoreCase("chunked")) {
      return chunks(in, body);
    }
    String length = head.header("content-length");
    if (length.isEmpty()) {
      in.transferTo(body);
      return true;
    }
    byte[] bytes = in.readNBytes(Integer.parseInt(length));
    body.writeBytes(bytes);
    return bytes.length == Integer.parseInt(length);
  }

  private static boolean chunks(InputStream in, ByteArrayOutputStream body) throws IOException {
    while (true) {
      String size = line(in);
      if (size.isEmpty()) {
        return false;
      }
      int bytes = Integer.parseInt(size, 16);
      byte[] chunk = in.readNBytes(bytes);
      body.writeBytes(chunk);
      line(in);
      if (bytes == 0) {
        return true;
      } else if (chunk.length < bytes) {
        return false;
      }
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
