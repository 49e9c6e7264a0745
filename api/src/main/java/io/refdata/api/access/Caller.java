package io.refdata.api.access;

import io.refdata.access.Role;
import io.refdata.api.route.Route;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Methods;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sender of a request.
 *
 * @param name the author of what the request changes: {@code anonymous} without a credential, the
 *     name in a token, {@code key:} and the name of a key
 * @param roles any one of them suffices where several allow a thing
 * @param until the instant from which on its credential is refused; null if it is not known to end,
 *     or if there is none
 */
public record Caller(Kind kind, String name, Set<Role> roles, @Nullable Instant until) {
  private static final AttachmentKey<Caller> KEY = AttachmentKey.create(Caller.class);

  /** Of an address of IPv6; the other half is the host's own. */
  private static final int NETWORK_BYTES = 8;

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

  /** A caller whose credential is not known to end. */
  public Caller(Kind kind, String name, Set<Role> roles) {
    this(kind, name, roles, null);
  }

  /** The same, known by a credential that ends. */
  public Caller until(@Nullable Instant end) {
    return new Caller(kind, name, roles, end);
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
    return new Caller(kind, name, all, until);
  }

  /**
   * The sender of a request: a known caller by its name, another one by its address. Of IPv6 it is
   * the network, since a host has a whole one to itself (RFC 4291, 2.5.1).
   */
  public static String origin(HttpServerExchange exchange) {
    Caller caller = of(exchange);
    return caller.kind == Kind.ANYBODY
        ? network(exchange.getSourceAddress().getAddress())
        : caller.name;
  }

  static String network(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address.getHostAddress();
    }
    byte[] bytes = address.getAddress();
    StringBuilder network = new StringBuilder();
    for (int i = 0; i < NETWORK_BYTES; i += 2) {
      network
          .append(Integer.toHexString((bytes[i] & 0xff) << Byte.SIZE | bytes[i + 1] & 0xff))
          .append(':');
    }
    return network + ":/64";
  }

  /** Whether it has a role for all reads of an address; without one it sees what is public only. */
  public boolean mayRead(Route route) {
    return !Collections.disjoint(roles, route.roles(Methods.GET));
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
