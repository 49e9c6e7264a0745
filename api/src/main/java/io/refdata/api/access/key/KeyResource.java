package io.refdata.api.access.key;

import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.request.Body;
import io.refdata.api.request.Parameters;
import io.refdata.api.request.PathCode;
import io.refdata.api.request.Sender;
import io.refdata.api.response.KeyedPage;
import io.refdata.api.response.Representation;
import io.refdata.api.route.Route;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.persistence.access.ApiKey;
import io.refdata.persistence.access.ApiKeys;
import io.refdata.persistence.access.KnownKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/** The keys of machines and tools; a key that has ended stays in the list. */
@Path("/access/keys")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class KeyResource {
  @Inject private ApiKeys keys;
  @Inject private KnownKeys known;

  @GET
  public Response list(@Context UriInfo uri, @Context Request request) {
    KeyedPage page = KeyedPage.of(Parameters.of(uri), uri);
    return page.of(
        keys.list(page.afterCode(), page.toRead()), ApiKey::name, KeyView::write, request, uri);
  }

  @GET
  @Path("/{name}")
  public Response get(
      @PathParam("name") String name, @Context UriInfo uri, @Context Request request) {
    Parameters.of(uri).end();
    ApiKey key = keys.find(PathCode.of(name)).orElseThrow(() -> new NoSuchItem("keys", name));
    return Representation.of(json -> KeyView.write(key, json)).read(request).build();
  }

  /** Makes a key. The response is the only place where its text ever is. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response make(
      InputStream body,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @Context UriInfo uri)
      throws IOException {
    Parameters.of(uri).end();
    KeyBody wanted = KeyBody.parse(Body.object(body), Instant.now());
    try {
      ApiKeys.Made made =
          keys.make(
              wanted.name(),
              wanted.roles(),
              wanted.expiresAt(),
              Sender.author(headers, security).by());
      return Representation.of(
              json -> KeyView.writeWithText(made.key(), made.text().reveal(), json))
          .written(
              Response.status(Response.Status.CREATED)
                  .header("Location", Route.ROOT + "access/keys/" + made.key().name()))
          .header("Cache-Control", "no-store")
          .build();
    } catch (ApiKeys.KeyRefused e) {
      throw new Problem(ProblemType.CONFLICT, String.valueOf(e.getMessage()));
    }
  }

  /** Revokes a key: at once on this server, within a second on all others. */
  @DELETE
  @Path("/{name}")
  public Response revoke(
      @PathParam("name") String name,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @Context UriInfo uri) {
    Parameters.of(uri).end();
    ApiKey key =
        keys.revoke(PathCode.of(name), Sender.author(headers, security).by())
            .orElseThrow(() -> new NoSuchItem("keys", name));
    known.revoked(key.name());
    return Response.noContent().build();
  }
}
