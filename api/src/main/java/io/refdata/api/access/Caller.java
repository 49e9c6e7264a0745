package io.refdata.api.access;

import io.refdata.domain.access.Role;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.util.EnumSet;
import java.util.Set;

/**
 * The sender of a request.
 *
 * @param name the author of what the request changes: {@code anonymous} without a credential, the
 *     name in a token, {@code key:} and the name of a key
 * @param roles any one of them suffices where several allow a thing
 */
public record Caller(Kind kind, String name, Set<Role> roles) {
  private static final AttachmentKey<Caller> KEY = AttachmentKey.create(Caller.class);
  private static final Caller NOBODY = anybody(Set.of());

  /** By what a caller is known. */
  public enum Kind {
    /** By nothing. */
    ANYBODY,
    /** By a token of an issuer. */
    TOKEN,
    /** By a key of the platform. */
    KEY
  }

  public Caller {
    roles = Set.copyOf(roles);
  }

  /** The caller of a request without a credential. */
  public static Caller anybody(Set<Role> roles) {
    return new Caller(Kind.ANYBODY, "anonymous", roles);
  }

  /** The caller of a request; one without a role if nobody has looked. */
  public static Caller of(HttpServerExchange exchange) {
    Caller caller = exchange.getAttachment(KEY);
    return caller == null ? NOBODY : caller;
  }

  /** Whether somebody has looked who sends a request. */
  static boolean isKnown(HttpServerExchange exchange) {
    return exchange.getAttachment(KEY) != null;
  }

  /** Makes this the caller of a request. */
  void putTo(HttpServerExchange exchange) {
    exchange.putAttachment(KEY, this);
  }

  /** The same with further roles. */
  Caller with(Set<Role> more) {
    if (roles.containsAll(more)) {
      return this;
    }
    Set<Role> all = EnumSet.copyOf(more);
    all.addAll(roles);
    return new Caller(kind, name, all);
  }

  /** The sender of a request: a known caller by its name, another one by its address. */
  public static String origin(HttpServerExchange exchange) {
    Caller caller = of(exchange);
    return caller.kind == Kind.ANYBODY
        ? exchange.getSourceAddress().getAddress().getHostAddress()
        : caller.name;
  }

  /** The set of roles as a number, one bit each. */
  public int roleBits() {
    int bits = 0;
    for (Role role : roles) {
      bits |= 1 << role.ordinal();
    }
    return bits;
  }
}
