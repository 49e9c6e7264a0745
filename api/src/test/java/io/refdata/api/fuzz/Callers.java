package io.refdata.api.fuzz;

import io.refdata.access.Role;
import io.refdata.api.platform.DevelopmentIssuer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The senders of requests: mostly somebody who may do everything, else the bearer of a token of
 * some role, of a token that is none, or nobody.
 *
 * @param tokens of one role each
 * @param all of every role
 */
record Callers(List<String> tokens, String all) {
  private static final String BEARER = "Authorization: Bearer ";

  /** Those that an issuer knows. */
  static Callers of(DevelopmentIssuer issuer) {
    List<String> roles = Role.words();
    return new Callers(
        roles.stream().map(role -> issuer.token(role)).toList(),
        issuer.token(roles.toArray(String[]::new)));
  }

  /** Whether a request has a token that the issuer has given out. */
  boolean haveSent(Attempt attempt) {
    return Stream.concat(tokens.stream(), Stream.of(all))
        .anyMatch(token -> attempt.headers().contains(BEARER + token));
  }

  /** A request as somebody sends it. */
  Attempt send(Attempt attempt, Chance chance) {
    if (attempt.headers().stream().anyMatch(header -> header.startsWith("Authorization"))) {
      return attempt;
    }
    List<String> headers = new ArrayList<>(attempt.headers());
    int kind = chance.below(100);
    if (kind < 80) {
      headers.add(BEARER + all);
    } else if (kind < 92) {
      headers.add(BEARER + chance.of(tokens));
    } else if (kind < 97) {
      // Some bits of the last character mean nothing.
      int cut = chance.below(all.length() - 1);
      headers.add(BEARER + all.substring(0, cut) + chance.of("", "x", ".", "="));
    }
    return new Attempt(
        attempt.number(),
        attempt.operation(),
        attempt.method(),
        attempt.target(),
        headers,
        attempt.body(),
        attempt.broken());
  }
}
