package io.refdata.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.access.Role;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CredentialLogTest {
  private static final Verdict.Refused EXPIRED =
      new Verdict.Refused("invalid_token", "The token is over.");

  private final List<String> lines = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-27T10:00:00Z");
  private final CredentialLog log = new CredentialLog(3, lines::add, () -> now);

  private static HttpServerExchange exchange(String request) {
    HttpServerExchange exchange = new HttpServerExchange(null);
    exchange.getRequestHeaders().put(new HttpString("X-Request-Id"), request);
    return exchange;
  }

  private static Verdict.Accepted accepted(String name, String until) {
    return new Verdict.Accepted(
        new Caller(Caller.Kind.TOKEN, name, Set.of(Role.READER)), Instant.parse(until));
  }

  @Test
  void aCredentialIsNamedOnceAndNeverShown() {
    log.accepted(exchange("r1"), accepted("ann", "2026-11-27T11:00:00Z"));
    log.accepted(exchange("r2"), accepted("ann", "2026-11-27T11:00:00Z"));
    log.refused(exchange("r3"), "secret", EXPIRED);
    log.refused(exchange("r4"), "secret", EXPIRED);
    log.forbidden(exchange("r5"), accepted("ann", "2026-11-27T11:00:00Z").caller(), Role.EDITOR);
    assertThat(lines)
        .containsExactly(
            "Accepted: token of ann (request r1)",
            "Refused: a credential. The token is over. (request r3)",
            "Refused: token of ann, which lacks the role editor (request r5)");
  }

  @Test
  void thereAreOnlySoManyLinesAMinute() {
    for (int i = 0; i < 10; i++) {
      log.refused(exchange("r" + i), "secret" + i, EXPIRED);
    }
    assertThat(lines).hasSize(3);
    now = now.plusSeconds(60);
    log.malformed(exchange("r10"), EXPIRED);
    assertThat(lines.get(3))
        .isEqualTo(
            "Refused: what is no credential. The token is over. (request r10); 7 lines before were"
                + " left out");
  }
}
