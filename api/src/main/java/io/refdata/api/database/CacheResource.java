package io.refdata.api.database;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.api.cache.CacheRegion;
import io.refdata.api.cache.ResponseCache;
import io.refdata.api.calculation.KeptCalculations;
import io.refdata.api.problem.Problem;
import io.refdata.api.request.Parameters;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Representation;
import io.refdata.persistence.item.write.ItemCaches;
import io.refdata.persistence.item.write.ItemCaches.Region;
import io.refdata.persistence.observation.SeriesCache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.Optional;

/**
 * The statistics of the caches, by region: cached responses as {@code answers.<region>}, the series
 * of selections as {@code series}, the answers to calculations, and the regions of the second-level
 * cache with the names that Hibernate gives them.
 */
@Path("/database/caches")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class CacheResource {
  private static final String ANSWERS = "answers.";
  private static final String SERIES = "series";
  private static final String CALCULATIONS = "calculations";

  @Inject private ResponseCache responses;
  @Inject private SeriesCache series;
  @Inject private KeptCalculations calculations;
  @Inject private ItemCaches items;

  @GET
  public Response list(@Context UriInfo uri, @Context Request request) {
    Delivery delivery = Delivery.ofJson(Parameters.of(uri));
    return Representation.of(
            json -> {
              json.writeStartObject();
              json.writeArrayFieldStart("items");
              for (CacheRegion region : responses.regions()) {
                write(region, json);
              }
              write(series.use(), json);
              write(calculations.use(), json);
              for (Region region : items.regions()) {
                write(region, json);
              }
              json.writeEndArray();
              json.writeNullField("next");
              json.writeEndObject();
            })
        .delivered(delivery)
        .read(request)
        .build();
  }

  private static void write(CacheRegion region, JsonGenerator json) throws IOException {
    CacheRegion.Statistics statistics = region.statistics();
    json.writeStartObject();
    json.writeStringField("region", ANSWERS + region.name());
    json.writeNumberField("entries", statistics.entries());
    json.writeNumberField("bytes", statistics.bytes());
    json.writeNumberField("maxBytes", statistics.maxBytes());
    json.writeStringField("lifetime", statistics.lifetime().toString());
    writeUse(statistics.hits(), statistics.misses(), json);
    json.writeNumberField("revalidated", statistics.revalidated());
    json.writeNumberField("bypasses", statistics.bypasses());
    json.writeNumberField("evictions", statistics.evictions());
    json.writeEndObject();
  }

  private static void write(SeriesCache.Use use, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("region", SERIES);
    json.writeNumberField("entries", use.entries());
    json.writeNumberField("bytes", use.bytes());
    json.writeNumberField("maxBytes", use.maxBytes());
    writeUse(use.hits(), use.misses(), json);
    json.writeNumberField("evictions", use.evictions());
    json.writeEndObject();
  }

  private static void write(KeptCalculations.Use use, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("region", CALCULATIONS);
    json.writeNumberField("entries", use.entries());
    json.writeNumberField("bytes", use.bytes());
    json.writeNumberField("maxBytes", use.maxBytes());
    writeUse(use.hits(), use.misses(), json);
    json.writeNumberField("evictions", use.evictions());
    json.writeEndObject();
  }

  /** The second-level cache counts its entries and not their bytes, so these are null. */
  private void write(Region region, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("region", region.name());
    json.writeNumberField("entries", items.entries(region));
    json.writeNullField("bytes");
    writeUse(region.hits(), region.misses(), json);
    json.writeNumberField("puts", region.puts());
    json.writeNumberField("evictions", items.evictions(region));
    json.writeEndObject();
  }

  private static void writeUse(long hits, long misses, JsonGenerator json) throws IOException {
    json.writeNumberField("hits", hits);
    json.writeNumberField("misses", misses);
    if (hits + misses == 0) {
      json.writeNullField("hitRatio");
    } else {
      json.writeNumberField("hitRatio", (double) hits / (hits + misses));
    }
  }

  /** Clears a region. Its entries are created again when they are needed. */
  @DELETE
  @Path("/{region}")
  public Response clear(@PathParam("region") String region, @Context UriInfo uri) {
    Parameters.of(uri).end();
    if (region.equals(SERIES)) {
      series.clear();
      return Response.noContent().build();
    } else if (region.equals(CALCULATIONS)) {
      calculations.clear();
      return Response.noContent().build();
    }
    Optional<CacheRegion> responseRegion =
        region.startsWith(ANSWERS)
            ? responses.region(region.substring(ANSWERS.length()))
            : Optional.empty();
    responseRegion.ifPresent(CacheRegion::clear);
    if (responseRegion.isEmpty() && !items.evict(region)) {
      throw Problem.notFound("There is no cache region " + region + ".");
    }
    return Response.noContent().build();
  }
}
