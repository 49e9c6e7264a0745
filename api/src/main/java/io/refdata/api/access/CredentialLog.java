package io.refdata.api.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.refdata.access.Role;
import io.refdata.api.timing.RequestId;
import io.refdata.settings.Setting;
import io.undertow.server.HttpServerExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Says in the log which credentials are accepted and which are refused, never the credential
 * itself. The same is said once in a span of time, and there are only so many lines a minute: how
 * many more there were is said with the next one ({@code refdata.access.log.*}).
 */
final class CredentialLog {
  private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);

  private final long most;
  private final Consumer<String> log;
  private final InstantSource clock;
  private final Cache<Object, Boolean> said =
      Caffeine.newBuilder()
          .maximumSize(Setting.ACCESS_LOG_REMEMBERED.number())
          .expireAfterWrite(Setting.ACCESS_LOG_SPAN.time())
          .build();

  private long minute;
  private long lines;
  private long unsaid;

  /** A credential that was accepted; another token of the same caller ends at another instant. */
  private record Accepted(Caller.Kind kind, String name, Instant until) {}

  private record Refused(String reason, String hash) {}

  private record Forbidden(String name, Role role) {}

  CredentialLog() {
    this(
        Setting.ACCESS_LOG_LINES.number(),
        Logger.getLogger(CredentialLog.class)::info,
        InstantSource.system());
  }

  CredentialLog(long most, Consumer<String> log, InstantSource clock) {
    this.most = most;
    this.log = log;
    this.clock = clock;
  }

  /** A caller is known by a credential. Keys are checked again and again: that is no news. */
  void accepted(HttpServerExchange exchange, Verdict.Accepted verdict) {
    Caller caller = verdict.caller();
    Instant until = caller.kind() == Caller.Kind.TOKEN ? verdict.until() : Instant.MAX;
    if (isNews(new Accepted(caller.kind(), caller.name(), until))) {
      say(exchange, "Accepted: %s of %s".formatted(kind(caller), caller.name()));
    }
  }

  /** A credential is not good. */
  void refused(HttpServerExchange exchange, String credential, Verdict.Refused verdict) {
    if (isNews(new Refused(verdict.description(), hash(credential)))) {
      say(exchange, "Refused: a credential. " + verdict.description());
    }
  }

  /** A text that was sent as a credential is none, or too long. */
  void malformed(HttpServerExchange exchange, Verdict.Refused verdict) {
    say(exchange, "Refused: what is no credential. " + verdict.description());
  }

  /** A known caller lacks a role. */
  void forbidden(HttpServerExchange exchange, Caller caller, Role role) {
    if (isNews(new Forbidden(caller.name(), role))) {
      say(
          exchange,
          "Refused: %s of %s, which lacks the role %s"
              .formatted(kind(caller), caller.name(), role.word()));
    }
  }

  private static String kind(Caller caller) {
    return caller.kind().name().toLowerCase(Locale.ROOT);
  }

  private boolean isNews(Object line) {
    return said.getIfPresent(line) == null && said.asMap().putIfAbsent(line, true) == null;
  }

  private void say(HttpServerExchange exchange, String line) {
    String request = RequestId.kept(exchange);
    long more;
    synchronized (this) {
      long now = clock.millis() / MINUTE;
      if (now != minute) {
        minute = now;
        lines = 0;
      }
      if (lines >= most) {
        unsaid++;
        return;
      }
      lines++;
      more = unsaid;
      unsaid = 0;
    }
    log.accept(
        "%s (request %s)%s"
            .formatted(
                line, request, more == 0 ? "" : "; " + more + " lines before were left out"));
  }

  private static String hash(String credential) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(credential.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
