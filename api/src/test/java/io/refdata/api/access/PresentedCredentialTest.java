package io.refdata.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.access.Role;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Credentials that are sent one after the other on one connection. */
@SuppressWarnings("NullAway.Init")
class PresentedCredentialTest {
  private static final Verdict REFUSED = new Verdict.Refused("invalid_token", "It is over.");
  private static final int LONGEST_RESPONSE = 1_000;

  private final Map<String, Verdict> verdicts = new HashMap<>();
  private final AtomicInteger hashed = new AtomicInteger();
  private final Credentials kind = new Texts();
  private Undertow server;
  private Socket connection;

  /** Knows all texts; a verdict holds until another one is put. */
  private final class Texts implements Credentials {
    @Override
    public boolean recognizes(String credential) {
      return true;
    }

    @Override
    public Remembered remembering(String credential) {
      hashed.incrementAndGet();
      return () -> verdicts.get(credential);
    }

    @Override
    public Verdict check(String credential) {
      return REFUSED;
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = Undertow.builder().addHttpListener(0, "127.0.0.1").setHandler(this::answer).build();
    server.start();
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    connection = new Socket(address.getAddress(), address.getPort());
    verdicts.put("first", accepted("one"));
    verdicts.put("other", accepted("two"));
  }

  @AfterEach
  void stop() throws IOException {
    connection.close();
    server.stop();
  }

  private static Verdict accepted(String name) {
    return new Verdict.Accepted(
        new Caller(Caller.Kind.TOKEN, name, Set.of(Role.EDITOR)), Instant.MAX);
  }

  private void answer(HttpServerExchange exchange) throws Exception {
    PresentedCredential credential = PresentedCredential.of(exchange, text -> kind);
    exchange.getResponseSender().send('<' + caller(credential, exchange) + '>');
  }

  private static String caller(
      @Nullable PresentedCredential credential, HttpServerExchange exchange) {
    if (credential == null) {
      return "nobody";
    }
    if (!(credential.remembered() instanceof Verdict.Accepted accepted)) {
      return "refused";
    }
    Caller caller = credential.accept(accepted, Set.of(Role.READER), exchange.getConnection());
    return caller.name() + " " + Role.words(caller.roles());
  }

  private String send(String credential) throws IOException {
    String request =
        "GET / HTTP/1.1\r\nHost: localhost\r\n"
            + (credential.isEmpty() ? "" : "Authorization: Bearer " + credential + "\r\n")
            + "\r\n";
    connection.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    InputStream in = connection.getInputStream();
    StringBuilder response = new StringBuilder();
    while (response.indexOf(">") < 0 && response.length() < LONGEST_RESPONSE) {
      response.append((char) in.read());
    }
    return response.substring(response.indexOf("<") + 1, response.indexOf(">"));
  }

  @Test
  void theSameTextIsHashedOnce() throws IOException {
    String caller = send("first");
    assertThat(caller).startsWith("one").contains("reader", "editor");
    assertThat(send("first")).isEqualTo(caller);
    assertThat(send("first")).isEqualTo(caller);
    assertThat(hashed).hasValue(1);
  }

  @Test
  void whetherItStillHoldsIsAskedEachTime() throws IOException {
    assertThat(send("first")).startsWith("one");
    verdicts.put("first", accepted("renamed"));
    assertThat(send("first")).startsWith("renamed");
    verdicts.put("first", REFUSED);
    assertThat(send("first")).isEqualTo("refused");
    verdicts.remove("first");
    assertThat(send("first")).isEqualTo("refused");
    assertThat(hashed).hasValue(1);
  }

  @Test
  void anotherTextIsAnotherCaller() throws IOException {
    assertThat(send("first")).startsWith("one");
    assertThat(send("other")).startsWith("two");
    assertThat(send("")).isEqualTo("nobody");
    assertThat(send("First")).isEqualTo("refused");
    assertThat(send("first")).startsWith("one");
  }
}
