package io.refdata.api.access;

import io.refdata.access.Role;
import io.refdata.api.problem.Problem;
import io.refdata.api.route.Route;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.security.Principal;

/**
 * Tells the resources who calls. A request that found its resource in another way than past {@link
 * Authentication} and by an address of {@link Route} finds nothing.
 */
@Provider
public class CallerFilter implements ContainerRequestFilter {
  @Override
  public void filter(ContainerRequestContext request) {
    HttpServerExchange exchange = ServletRequestContext.requireCurrent().getExchange();
    if (!Caller.isKnown(exchange) || Route.of(exchange) == null) {
      throw Problem.notFound("Nothing has this path.");
    }
    boolean secure = request.getSecurityContext().isSecure();
    request.setSecurityContext(new Security(Caller.of(exchange), secure));
  }

  private record Security(Caller caller, boolean secure) implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return caller::name;
    }

    @Override
    public boolean isUserInRole(String role) {
      return Role.of(role).filter(caller.roles()::contains).isPresent();
    }

    @Override
    public boolean isSecure() {
      return secure;
    }

    @Override
    public String getAuthenticationScheme() {
      return caller.kind().name();
    }
  }
}
