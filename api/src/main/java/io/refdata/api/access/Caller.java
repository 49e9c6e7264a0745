package io.refdata.api.access;

import io.refdata.domain.access.Role;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.util.Set;

/**
 * Who sends a request.
 *
 * @param name what revisions keep as their author: {@code anonymous}, the name in a token, or
 *     {@code key:} and the name of a key
 */
public record Caller(Kind kind, String name, Set<Role> roles) {
  /** Where {@code Authentication} puts the caller of a request. */
  public static final AttachmentKey<Caller> ATTACHED = AttachmentKey.create(Caller.class);

  private static final Caller NOBODY = anybody(Set.of());

  public Caller {
    roles = Set.copyOf(roles);
  }

  /** How a caller is known. */
  public enum Kind {
    ANYBODY,
    TOKEN,
    KEY
  }

  /** A caller without a credential. */
  public static Caller anybody(Set<Role> roles) {
    return new Caller(Kind.ANYBODY, "anonymous", roles);
  }

  /** The caller of a request; one without a role if nobody has looked yet. */
  public static Caller of(HttpServerExchange exchange) {
    Caller caller = exchange.getAttachment(ATTACHED);
    return caller == null ? NOBODY : caller;
  }
}
