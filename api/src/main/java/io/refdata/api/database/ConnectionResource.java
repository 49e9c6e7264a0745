package io.refdata.api.database;

import io.refdata.api.request.Parameters;
import io.refdata.api.response.Representation;
import io.refdata.persistence.statistics.Sessions;
import io.refdata.persistence.statistics.Sessions.Connections;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;

/** The pool of connections, and the sessions of the database: who waits for whom. */
@Path("/database/connections")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class ConnectionResource {
  @Inject private Sessions sessions;

  @GET
  public Response get(@Context UriInfo uri, @Context Request request) {
    Parameters parameters = Parameters.of(uri);
    Duration window = Window.of(parameters);
    parameters.end();
    Connections now = sessions.connections(window);
    return Representation.of(json -> json.writePOJO(now)).read(request).build();
  }
}
