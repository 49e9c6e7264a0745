package io.refdata.api.access.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer of tokens that answers as it is told, and counts how often it is asked. */
final class TestIssuer implements AutoCloseable {
  static final String AUDIENCE = "refdata";

  /** The number of requests for the keys. */
  final AtomicInteger fetches = new AtomicInteger();

  /** The number of requests for anything else, but the discovery. */
  final AtomicInteger others = new AtomicInteger();

  final AtomicInteger discoveries = new AtomicInteger();

  volatile int status = 200;
  volatile String keys = "";
  volatile String discovery;

  /** If it is not zero, the keys are held back until it is. */
  volatile CountDownLatch held = new CountDownLatch(0);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  TestIssuer(JWK... published) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    discovery =
        JSONObjectUtils.toJSONString(Map.of("issuer", name(), "jwks_uri", name() + "/keys"));
    publish(published);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String name() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  void publish(JWK... published) {
    keys = new JWKSet(List.of(published)).toString(true);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = "";
    if (path.equals("/keys")) {
      fetches.incrementAndGet();
      try {
        held.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      body = keys;
    } else if (path.equals("/.well-known/openid-configuration")) {
      discoveries.incrementAndGet();
      body = discovery;
    } else {
      others.incrementAndGet();
      body = keys;
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Location", "/elsewhere");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  /** The claims of a right token. */
  Map<String, Object> claims(Instant now) {
    Map<String, Object> claims = new HashMap<>();
    claims.put("iss", name());
    claims.put("aud", List.of("account", AUDIENCE));
    claims.put("sub", "1f3");
    claims.put("preferred_username", "ada");
    claims.put("roles", List.of("reader", "editor", "uma_authorization"));
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(Duration.ofMinutes(5)).getEpochSecond());
    return claims;
  }

  /** A right token. */
  String token(JWK key, Instant now) {
    return token(key, claims(now));
  }

  static String token(JWK key, Map<String, Object> claims) {
    return token(key, header(key).build(), JSONObjectUtils.toJSONString(claims));
  }

  static JWSHeader.Builder header(JWK key) {
    JWSAlgorithm algorithm = key instanceof ECKey ? JWSAlgorithm.ES256 : JWSAlgorithm.RS256;
    return new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(key.getKeyID());
  }

  static String token(JWK key, JWSHeader header, String claims) {
    return token(key, header, header.toBase64URL().toString(), claims);
  }

  /** One whose header is another than the one it is signed by. */
  static String token(JWK key, JWSHeader header, String shown, String claims) {
    try {
      JWSSigner signer =
          key instanceof ECKey curve
              ? new ECDSASigner(curve)
              : new RSASSASigner(
                  key.toRSAKey().toPrivateKey(), Set.of(AllowWeakRSAKey.getInstance()));
      String content = shown + "." + Base64URL.encode(claims);
      return content + "." + signer.sign(header, content.getBytes(StandardCharsets.US_ASCII));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    held.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
