package io.refdata.api.database;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.api.request.Parameters;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Representation;
import io.refdata.persistence.index.IndexUsage;
import io.refdata.persistence.index.Indexes;
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
import java.io.IOException;

/** The indexes with their use and a verdict; those of a partitioned table are one. */
@Path("/database/indexes")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class IndexResource {
  @Inject private Indexes indexes;

  @GET
  public Response list(@Context UriInfo uri, @Context Request request) {
    Delivery delivery = Delivery.ofJson(Parameters.of(uri));
    return Representation.page(indexes.all(), IndexResource::write, null)
        .delivered(delivery)
        .read(request)
        .build();
  }

  private static void write(IndexUsage index, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("table", index.table());
    json.writeStringField("name", index.name());
    json.writeArrayFieldStart("columns");
    for (String column : index.columns()) {
      json.writeString(column);
    }
    json.writeEndArray();
    json.writeStringField("definition", index.definition());
    json.writeBooleanField("unique", index.unique());
    json.writeBooleanField("constraint", index.constraint());
    json.writeNumberField("partitions", index.partitions());
    json.writeNumberField("bytes", index.bytes());
    json.writeNumberField("scans", index.scans());
    json.writeNumberField("rowsRead", index.rowsRead());
    if (index.hitRatio() == null) {
      json.writeNullField("hitRatio");
    } else {
      json.writeNumberField("hitRatio", index.hitRatio());
    }
    json.writeStringField(
        "lastUsedAt", index.lastUsedAt() == null ? null : index.lastUsedAt().toString());
    json.writeStringField("watchedSince", index.watchedSince().toString());
    json.writeStringField("verdict", index.verdict().name());
    json.writeStringField("coveredBy", index.coveredBy());
    json.writeEndObject();
  }
}
