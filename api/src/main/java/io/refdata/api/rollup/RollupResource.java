package io.refdata.api.rollup;

import io.refdata.api.request.Body;
import io.refdata.api.request.Parameters;
import io.refdata.api.request.PathCode;
import io.refdata.api.response.KeyedPage;
import io.refdata.api.response.Representation;
import io.refdata.api.response.WriteConditions;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.rollup.Rollup;
import io.refdata.persistence.dataset.DatasetCache;
import io.refdata.persistence.rollup.Rollups;
import io.refdata.persistence.rollup.Rollups.Written;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;

/** The rollups of a dataset. A PUT answers when the buckets are there. */
@Path("/datasets/{code}/rollups")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class RollupResource {
  @Inject private DatasetCache datasets;
  @Inject private Rollups rollups;

  @GET
  public Response list(
      @PathParam("code") String code, @Context UriInfo uri, @Context Request request) {
    KeyedPage page = KeyedPage.of(Parameters.of(uri), uri);
    return page.of(
        rollups.list(dataset(code), page.after(Code::parse), page.toRead()),
        rollup -> rollup.name().value(),
        RollupBody::write,
        request,
        uri);
  }

  @GET
  @Path("/{name}")
  public Response get(
      @PathParam("code") String code,
      @PathParam("name") String name,
      @Context UriInfo uri,
      @Context Request request) {
    Parameters.of(uri).end();
    Rollup rollup =
        rollups
            .find(dataset(code), PathCode.of(name))
            .orElseThrow(() -> new NoSuchItem("rollups", name));
    return representation(rollup).read(request).build();
  }

  @PUT
  @Path("/{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response put(
      @PathParam("code") String code,
      @PathParam("name") String name,
      InputStream body,
      @Context HttpHeaders headers,
      @Context UriInfo uri)
      throws IOException {
    Parameters.of(uri).end();
    Dataset dataset = dataset(code);
    Code wanted = PathCode.of(name);
    Written written =
        rollups.put(
            dataset,
            wanted,
            RollupBody.read(wanted, dataset, Body.object(body)),
            WriteConditions.of(headers));
    return representation(written.rollup())
        .written(written.created() ? Representation.created(uri) : Response.ok())
        .build();
  }

  @DELETE
  @Path("/{name}")
  public Response delete(
      @PathParam("code") String code,
      @PathParam("name") String name,
      @Context HttpHeaders headers,
      @Context UriInfo uri) {
    Parameters.of(uri).end();
    rollups.delete(dataset(code), PathCode.of(name), WriteConditions.of(headers));
    return Response.noContent().build();
  }

  private Dataset dataset(String code) {
    return datasets.find(PathCode.of(code)).orElseThrow(() -> new NoSuchItem("datasets", code));
  }

  private static Representation representation(Rollup rollup) {
    return Representation.item(rollup.version(), json -> RollupBody.write(rollup, json));
  }
}
