package io.refdata.api.client;

import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;

/** Sends a part of a file as the body of the current response. */
public final class FileResponse {
  private static final byte[] NOTHING = {};

  private FileResponse() {}

  /**
   * Sends the headers, and hands the part over to the I/O thread, which sends it as the client
   * reads it and closes the file. Nothing else can be written to the response.
   *
   * @param out the stream of the response
   * @param type the media type of the file as it came: RESTEasy would add a charset to a text
   * @param count the number of bytes, which is the length of the response
   */
  public static void send(OutputStream out, String type, FileChannel file, long from, long count)
      throws IOException {
    HttpServerExchange exchange = ServletRequestContext.requireCurrent().getExchange();
    FileSection section = new FileSection(file, from, count);
    exchange.addExchangeCompleteListener(
        (done, nextListener) -> {
          section.close();
          nextListener.proceed();
        });
    // RESTEasy sets its headers before the first write.
    out.write(NOTHING);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type);
    out.flush();
    SlowReader.sendLast(exchange, section);
  }
}
