package io.refdata.api.access;

import io.refdata.access.Role;
import io.refdata.api.route.Route;
import io.refdata.persistence.dataset.PublicDatasets;
import io.refdata.settings.Setting;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import jakarta.servlet.ServletContext;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Lets a request in if its caller has a role that {@link Route} names for it, ahead of the cached
 * responses and of bodies. What is remembered of a credential is asked on the I/O thread; one that
 * was not seen before is checked in {@link CheckThreads}. A refusal comes before anything is looked
 * at: it is the same whether there is something at the address or not.
 */
final class Authentication implements HttpHandler {
  private static final String METRICS = "/metrics";
  private static final Set<Role> OPERATOR = Set.of(Role.OPERATOR);
  private static final Set<Role> ANY = Set.copyOf(EnumSet.allOf(Role.class));

  private final HttpHandler next;
  private final ServletContext context;
  private final CheckThreads threads;
  private final CredentialLog log = new CredentialLog();
  private final PublicReads publicReads = new PublicReads();
  private final boolean metricsOpen = Boolean.parseBoolean(Setting.METRICS_OPEN.text());
  private final Caller anybody = Caller.anybody(roles(Setting.ACCESS_ANYBODY.text()));

  Authentication(HttpHandler next, ServletContext context) {
    this.next = next;
    this.context = context;
    this.threads = new CheckThreads(context);
  }

  private static Set<Role> roles(String names) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    Arrays.stream(names.split(","))
        .filter(name -> !name.isEmpty())
        .forEach(name -> roles.add(Role.of(name).orElseThrow()));
    return roles;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    Set<Role> needed = needed(exchange);
    if (needed.isEmpty()) {
      next.handleRequest(exchange);
      return;
    }
    KnownCredentials known = KnownCredentials.of(context);
    if (known == null) {
      Refusal.unavailable(exchange, "The platform is starting.");
      return;
    }
    PresentedCredential credential;
    try {
      credential = PresentedCredential.of(exchange, known::kindOf);
    } catch (SentCredential.Malformed e) {
      Verdict.Refused refused =
          new Verdict.Refused("invalid_request", String.valueOf(e.getMessage()));
      log.malformed(exchange, refused);
      Refusal.refused(exchange, refused);
      return;
    }
    if (credential != null) {
      identify(exchange, credential, needed, known);
    } else {
      decide(exchange, anybody, needed, known);
    }
  }

  /** The roles of which a caller needs one; none for what is open to all. */
  private Set<Role> needed(HttpServerExchange exchange) {
    String path = exchange.getRequestPath();
    if (path.equals(METRICS)) {
      return metricsOpen ? Set.of() : OPERATOR;
    } else if (!path.startsWith(Route.ROOT) && !Route.ROOT.equals(path + "/")) {
      return Set.of();
    }
    // A caller who may do nothing here does not learn which addresses there are.
    Route route = Route.of(exchange);
    return route == null ? ANY : route.roles(exchange.getRequestMethod());
  }

  private void identify(
      HttpServerExchange exchange,
      PresentedCredential credential,
      Set<Role> needed,
      KnownCredentials known)
      throws Exception {
    Verdict verdict = credential.remembered();
    if (verdict != null) {
      judge(exchange, credential, verdict, needed, known);
    } else {
      threads.handle(
          exchange,
          () -> {
            Verdict checked = credential.check();
            return waiting -> judge(waiting, credential, checked, needed, known);
          });
    }
  }

  private void judge(
      HttpServerExchange exchange,
      PresentedCredential credential,
      Verdict verdict,
      Set<Role> needed,
      KnownCredentials known)
      throws Exception {
    if (verdict instanceof Verdict.Refused refused) {
      log.refused(exchange, credential.text(), refused);
      Refusal.refused(exchange, refused);
    } else {
      Verdict.Accepted accepted = (Verdict.Accepted) verdict;
      if (credential.isToBeSaid(accepted)) {
        log.accepted(exchange, accepted);
      }
      decide(
          exchange,
          credential.accept(accepted, anybody.roles(), exchange.getConnection()),
          needed,
          known);
    }
  }

  private void decide(
      HttpServerExchange exchange, Caller caller, Set<Role> needed, KnownCredentials known)
      throws Exception {
    Route route = Route.of(exchange);
    if (!Collections.disjoint(caller.roles(), needed)
        || publicReads.isOfPublicCollection(route, exchange)) {
      letIn(exchange, caller);
      return;
    }
    Set<String> datasets = publicReads.datasetsOf(route, exchange);
    if (datasets.isEmpty()) {
      refuse(exchange, caller, needed);
      return;
    }
    Set<String> publicDatasets = known.publicDatasets().known();
    if (publicDatasets != null) {
      decide(exchange, caller, needed, publicDatasets.containsAll(datasets));
    } else {
      threads.handle(
          exchange,
          () -> {
            boolean isPublic = arePublic(known.publicDatasets(), datasets);
            return waiting -> decide(waiting, caller, needed, isPublic);
          });
    }
  }

  private static boolean arePublic(PublicDatasets known, Set<String> codes)
      throws CheckUnavailable {
    try {
      return known.read().containsAll(codes);
    } catch (PublicDatasets.Unknown e) {
      throw new CheckUnavailable("It cannot be told now what is public.", e);
    }
  }

  private void decide(
      HttpServerExchange exchange, Caller caller, Set<Role> needed, boolean isPublic)
      throws Exception {
    if (isPublic) {
      letIn(exchange, caller);
    } else {
      refuse(exchange, caller, needed);
    }
  }

  private void letIn(HttpServerExchange exchange, Caller caller) throws Exception {
    caller.putTo(exchange);
    next.handleRequest(exchange);
  }

  private void refuse(HttpServerExchange exchange, Caller caller, Set<Role> needed) {
    if (caller.kind() == Caller.Kind.ANYBODY) {
      Refusal.unknown(exchange);
    } else {
      log.forbidden(exchange, caller, needed.stream().sorted().findFirst().orElseThrow());
      Refusal.forbidden(exchange, needed);
    }
  }
}
