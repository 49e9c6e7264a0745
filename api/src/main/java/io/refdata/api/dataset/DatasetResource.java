package io.refdata.api.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.request.AsOf;
import io.refdata.api.request.Body;
import io.refdata.api.request.PageCursor;
import io.refdata.api.request.Parameters;
import io.refdata.api.request.PathCode;
import io.refdata.api.request.Sender;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Representation;
import io.refdata.api.response.WriteConditions;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.revision.Author;
import io.refdata.domain.revision.Revision;
import io.refdata.persistence.dataset.DatasetDependencies;
import io.refdata.persistence.dataset.Datasets;
import io.refdata.persistence.dataset.Datasets.Written;
import io.refdata.persistence.dataset.PastDatasets;
import io.refdata.persistence.freshness.Dependencies;
import io.refdata.persistence.item.Past;
import io.refdata.persistence.item.write.Items;
import io.refdata.persistence.revision.LastChanges;
import io.refdata.persistence.revision.LastModified;
import io.refdata.persistence.revision.Revisions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
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
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** The datasets. */
@Path("/datasets")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class DatasetResource {
  private static final Logger LOG = Logger.getLogger(DatasetResource.class);

  @Inject private Datasets datasets;
  @Inject private PastDatasets past;
  @Inject private ShownPast shown;
  @Inject private AsOf asOf;
  @Inject private Items items;
  @Inject private Revisions revisions;
  @Inject private LastChanges changes;

  @GET
  @Transactional
  public Response list(@Context UriInfo uri, @Context Request request) {
    Parameters parameters = Parameters.of(uri);
    int limit = parameters.limit();
    Code after =
        parameters.after().map(cursor -> PageCursor.code(uri.getPath(), cursor)).orElse(null);
    AsOf.check(parameters);
    Delivery delivery = Delivery.ofJson(parameters);
    Past pastState = asOf.of(uri);
    LastModified modified = modified(uri);
    List<Dataset> found =
        pastState == null
            ? datasets.list(after, limit + 1)
            : past.list(after, limit + 1, pastState.revision());
    List<Dataset> page = found.subList(0, Math.min(limit, found.size()));
    String next =
        found.size() > limit
            ? PageCursor.of(uri.getPath(), List.of(page.get(limit - 1).code().value()))
            : null;
    return Representation.page(page, DatasetJson::write, next)
        .dependingOn(() -> pastState == null ? DatasetDependencies.all() : new Dependencies())
        .delivered(delivery)
        .modified(modified)
        .read(request, uri)
        .build();
  }

  @GET
  @Path("/{code}")
  @Transactional
  public Response get(
      @PathParam("code") String code, @Context UriInfo uri, @Context Request request) {
    Parameters parameters = Parameters.of(uri);
    AsOf.check(parameters);
    parameters.end();
    Code wanted = PathCode.of(code);
    Past pastState = asOf.of(uri);
    LastModified modified = modified(uri);
    Dataset dataset =
        (pastState == null ? datasets.find(wanted) : past(wanted, pastState.revision()))
            .orElseThrow(() -> new NoSuchItem("datasets", code));
    boolean maySettle = pastState != null && ShownPast.isWhole();
    return representation(dataset)
        .dependingOn(() -> maySettle ? new Dependencies() : DatasetDependencies.of(wanted))
        .modified(modified)
        .read(request)
        .build();
  }

  private Optional<Dataset> past(Code code, int revision) {
    return revision < shown.since(code) ? Optional.empty() : past.find(code, revision);
  }

  @PUT
  @Path("/{code}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Transactional
  public Response put(
      @PathParam("code") String code,
      InputStream body,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @Context UriInfo uri)
      throws IOException {
    Parameters.of(uri).end();
    Code wanted = PathCode.of(code);
    JsonNode object = Body.object(body);
    Author author = Sender.author(headers, security);
    // From here on no other write can change the items to which the body refers.
    revisions.open(author);
    DatasetBody.Definition definition =
        DatasetBody.parse(wanted, object, items, () -> dimensions(wanted));
    Written written =
        datasets.put(
            wanted, definition.name(), definition.details(), WriteConditions.of(headers), author);
    return representation(written.dataset())
        .written(written.created() ? Representation.created(uri) : Response.ok())
        .build();
  }

  private Set<String> dimensions(Code code) {
    return datasets.find(code).stream()
        .flatMap(dataset -> dataset.dimensions().stream())
        .map(dimension -> dimension.code().value())
        .collect(Collectors.toSet());
  }

  /** Runs without a transaction, because the tables are dropped after the deletion is committed. */
  @DELETE
  @Path("/{code}")
  public Response delete(
      @PathParam("code") String code,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @Context UriInfo uri) {
    Parameters parameters = Parameters.of(uri);
    boolean purge = parameters.flag("purge");
    parameters.end();
    int id =
        datasets.delete(
            PathCode.of(code),
            WriteConditions.of(headers),
            purge,
            Sender.author(headers, security));
    try {
      datasets.dropTables(id);
    } catch (JdbiException e) {
      // The dataset is deleted all the same, and nobody can reach its tables.
      LOG.infof("The tables of the deleted dataset %s are dropped later: %s", code, e.getMessage());
    }
    return Response.noContent().build();
  }

  private @Nullable LastModified modified(UriInfo uri) {
    return changes.of(AsOf.instant(uri.getQueryParameters()), Revision.REFERENCE_DATA);
  }

  private static Representation representation(Dataset dataset) {
    return Representation.item(dataset.version(), json -> DatasetJson.write(dataset, json));
  }
}
