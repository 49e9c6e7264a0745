package io.refdata.api.access.action;

import io.refdata.api.request.Sender;
import io.refdata.api.route.Route;
import io.refdata.persistence.access.Actions;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.util.HttpString;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.JdbiException;

/**
 * Puts each action on record before it is done, and its status when it is over. What cannot be put
 * on record is not done: 503 while the database is away.
 */
@Provider
@Priority(Priorities.USER + 1_000)
public class ActionFilter implements ContainerRequestFilter, ContainerResponseFilter {
  private static final Logger LOG = Logger.getLogger(ActionFilter.class);
  private static final String RECORDED = ActionFilter.class.getName();

  @Inject private Actions actions;
  @Context private HttpHeaders headers;
  @Context private SecurityContext security;

  @Override
  public void filter(ContainerRequestContext request) {
    Route route = Route.of(ServletRequestContext.requireCurrent().getExchange());
    if (route != null && route.isAction(new HttpString(request.getMethod()))) {
      request.setProperty(
          RECORDED,
          actions.begin(
              route.name(),
              request.getMethod(),
              request.getUriInfo().getRequestUri().getRawPath(),
              Sender.author(headers, security)));
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    Object recorded = request.getProperty(RECORDED);
    if (recorded instanceof Long id) {
      try {
        actions.end(id, response.getStatus());
      } catch (JdbiException e) {
        // It is done, and it is on record that it began.
        LOG.warnf("The end of action %d is not on record: %s", id, e.getMessage());
      }
    }
  }
}
