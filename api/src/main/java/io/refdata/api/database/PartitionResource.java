package io.refdata.api.database;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.request.Body;
import io.refdata.api.request.PageCursor;
import io.refdata.api.request.Parameters;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Representation;
import io.refdata.persistence.partition.PartitionList;
import io.refdata.persistence.partition.PartitionList.Listed;
import io.refdata.persistence.partition.PartitionList.Place;
import io.refdata.persistence.partition.PartitionList.Table;
import io.refdata.persistence.partition.upkeep.PartitionUpkeep;
import io.refdata.persistence.upkeep.Step;
import io.refdata.persistence.upkeep.Tasks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The partitions of the datasets, and what keeps them: creating ahead, and retiring. */
@Path("/database/partitions")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class PartitionResource {
  @Inject private PartitionList partitions;
  @Inject private PartitionUpkeep upkeep;
  @Inject private Tasks tasks;

  @GET
  public Response list(@Context UriInfo uri, @Context Request request) {
    Parameters parameters = Parameters.of(uri);
    String dataset = parameters.one("dataset").orElse(null);
    int limit = parameters.limit();
    String after = parameters.after().orElse(null);
    Delivery delivery = Delivery.ofJson(parameters);
    String list = parameters.identity(uri.getPath());
    List<Listed> found =
        partitions.list(dataset, after == null ? null : place(list, after), limit + 1);
    List<Listed> page = found.subList(0, Math.min(limit, found.size()));
    String next = found.size() > limit ? cursor(list, page.get(limit - 1)) : null;
    return Representation.page(page, PartitionResource::write, next)
        .delivered(delivery)
        .read(request, uri)
        .build();
  }

  private static String cursor(String list, Listed last) {
    return PageCursor.of(list, List.of(last.dataset(), last.from().toString()));
  }

  private static Place place(String list, String cursor) {
    List<@Nullable String> key = PageCursor.parse(list, 2, cursor);
    return new Place(String.valueOf(key.get(0)), PageCursor.instant(String.valueOf(key.get(1))));
  }

  private static void write(Listed partition, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("dataset", partition.dataset());
    json.writeStringField("from", partition.from().toString());
    json.writeStringField("to", partition.to().toString());
    json.writeStringField("state", partition.state().name());
    json.writeStringField(
        "retiredAt", partition.retiredAt() == null ? null : partition.retiredAt().toString());
    write("values", partition.values(), json);
    write("vintages", partition.vintages(), json);
    json.writeEndObject();
  }

  private static void write(String member, @Nullable Table table, JsonGenerator json)
      throws IOException {
    if (table == null) {
      json.writeNullField(member);
      return;
    }
    json.writeObjectFieldStart(member);
    json.writeStringField("table", table.name());
    if (table.rows() == null) {
      json.writeNullField("rows");
    } else {
      json.writeNumberField("rows", table.rows());
    }
    json.writeNumberField("bytes", table.bytes());
    json.writeEndObject();
  }

  /** Creates and retires partitions now; what is held by others is postponed to the next time. */
  @POST
  @Path("/maintenance")
  public Response maintain(InputStream body, @Context HttpHeaders headers, @Context UriInfo uri)
      throws IOException {
    Parameters.of(uri).end();
    Body.none(body, headers.getMediaType());
    List<Step> steps =
        tasks
            .run(upkeep)
            .orElseThrow(
                () ->
                    new Problem(
                        ProblemType.UNAVAILABLE, "The partitions are being maintained already."));
    return Representation.of(
            json -> {
              json.writeStartObject();
              StepJson.write(steps, json);
              json.writeEndObject();
            })
        .written(Response.ok())
        .build();
  }
}
