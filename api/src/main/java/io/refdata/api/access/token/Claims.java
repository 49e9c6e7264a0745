package io.refdata.api.access.token;

import io.refdata.access.Role;
import io.refdata.api.access.Caller;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The statements of a token with a right signature, and whether they are for us, and for now. */
final class Claims {
  /** Seconds since 1970 that no date of use goes beyond; more would not fit into an instant. */
  private static final double LAST_SECOND = 1e11;

  private static final double MILLISECONDS = 1_000;

  /**
   * Claims of tokens that are no access tokens (ID tokens, events of RFC 8417), and of those that
   * only the holder of a secret key may use (RFC 7800), which nobody proves here.
   */
  private static final List<String> OTHER_PURPOSES = List.of("at_hash", "c_hash", "events", "cnf");

  /** Keycloak's claim: what a token is for; its ID and refresh tokens are of other types. */
  private static final String PURPOSE = "typ";

  private static final String ISSUED = "iat";

  private static final String FOR_ACCESS = "Bearer";

  /** Names of other kinds of authors: of anybody, of the platform itself, of its retention. */
  private static final Set<String> NAMES_OF_OTHERS = Set.of("anonymous", "platform", "retention");

  /** The beginnings of the names of API keys and of signals. */
  private static final List<String> PREFIXES_OF_OTHERS = List.of("key:", "signal:");

  private final Map<String, Object> claims;
  private final TokenRules rules;

  Claims(Map<String, Object> claims, TokenRules rules) {
    this.claims = claims;
    this.rules = rules;
  }

  /** Checks who it is from, who it is for, and when; the result is when it ends. */
  Instant check(Instant now) throws TokenRefused {
    if (!rules.issuer().equals(claims.get("iss"))) {
      throw new TokenRefused(Reason.ISSUER);
    }
    if (!isForUs(claims.get("aud"))) {
      throw new TokenRefused(Reason.AUDIENCE);
    }
    if (OTHER_PURPOSES.stream().anyMatch(claims::containsKey)
        || !FOR_ACCESS.equals(claims.getOrDefault(PURPOSE, FOR_ACCESS))) {
      throw new TokenRefused(Reason.PURPOSE);
    }
    Instant expiry = instant("exp", Reason.NO_EXPIRY);
    if (expiry == null) {
      throw new TokenRefused(Reason.NO_EXPIRY);
    }
    Instant until = expiry.plus(rules.skew());
    Instant issued = instant(ISSUED, Reason.MALFORMED);
    if (issued != null && issued.plus(rules.longest()).isBefore(until)) {
      // Later than this, an ending of it may be forgotten.
      until = issued.plus(rules.longest());
    }
    if (!now.isBefore(until)) {
      throw new TokenRefused(Reason.EXPIRED);
    }
    checkBegun("nbf", now);
    checkBegun(ISSUED, now);
    return until;
  }

  private boolean isForUs(@Nullable Object audience) {
    return audience instanceof List<?> audiences
        ? audiences.contains(rules.audience())
        : rules.audience().equals(audience);
  }

  private void checkBegun(String claim, Instant now) throws TokenRefused {
    Instant begin = instant(claim, Reason.MALFORMED);
    if (begin != null && begin.minus(rules.skew()).isAfter(now)) {
      throw new TokenRefused(Reason.NOT_YET, begin.minus(rules.skew()));
    }
  }

  private @Nullable Instant instant(String claim, Reason fault) throws TokenRefused {
    if (!claims.containsKey(claim)) {
      return null;
    }
    if (claims.get(claim) instanceof Number number) {
      double seconds = number.doubleValue();
      if (seconds >= 0 && seconds <= LAST_SECOND) {
        return Instant.ofEpochMilli((long) (seconds * MILLISECONDS));
      }
    }
    throw new TokenRefused(fault);
  }

  /** The caller. Roles that are not known here are left out. */
  Caller caller() throws TokenRefused {
    return new Caller(Caller.Kind.TOKEN, name(), roles());
  }

  /** The identity by which it can be ended. */
  TokenIdentity identity() throws TokenRefused {
    Instant issued = instant(ISSUED, Reason.MALFORMED);
    return new TokenIdentity(
        text("sub"), name(), text("jti"), issued == null ? null : issued.minus(rules.skew()));
  }

  private @Nullable String text(String claim) {
    return claims.get(claim) instanceof String text ? text : null;
  }

  /** A name that no other kind of caller has, and that fits into one line. */
  private String name() throws TokenRefused {
    Object name = claims.get(rules.nameClaim());
    if (!(name instanceof String)) {
      name = claims.get("sub");
    }
    if (name instanceof String text
        && !text.isBlank()
        && text.length() <= rules.longestName()
        && text.codePoints().noneMatch(Claims::isUnseen)
        && PREFIXES_OF_OTHERS.stream().noneMatch(text::startsWith)
        && !NAMES_OF_OTHERS.contains(text)) {
      return text;
    }
    throw new TokenRefused(Reason.NAME);
  }

  /** Control characters, and those that change the direction of a text. */
  private static boolean isUnseen(int point) {
    int type = Character.getType(point);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  private Set<Role> roles() {
    List<String> names = texts(at(rules.rolesClaim()));
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (Role role : Role.values()) {
      if (names.contains(rules.rolePrefix() + role.word())) {
        roles.add(role);
      }
    }
    return roles;
  }

  /** A claim by its name, which may have dots, or else by a path. */
  private @Nullable Object at(String path) {
    if (claims.containsKey(path)) {
      return claims.get(path);
    }
    Object value = claims;
    for (String name : path.split("\\.", -1)) {
      value = value instanceof Map<?, ?> members ? members.get(name) : null;
    }
    return value;
  }

  /** The texts of a list, or those of one text, which spaces separate as in {@code scope}. */
  private static List<String> texts(@Nullable Object value) {
    if (value instanceof String text) {
      return Arrays.asList(text.split(" ", -1));
    }
    return value instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }
}
