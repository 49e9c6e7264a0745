package io.refdata.api.database;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.api.cache.CacheRegion;
import io.refdata.api.cache.ResponseCache;
import io.refdata.api.problem.Problem;
import io.refdata.api.request.Parameters;
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
 * The caches, region by region: those of kept answers, called {@code answers.<region>}, the {@code
 * series} of selections, and those of the second level, called as Hibernate calls them.
 */
@Path("/database/caches")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class CacheResource {
  private static final String ANSWERS = "answers.";
  private static final String SERIES = "series";

  @Inject private ResponseCache answers;
  @Inject private SeriesCache series;
  @Inject private ItemCaches items;

  @GET
  public Response list(@Context UriInfo uri, @Context Request request) {
    Parameters.of(uri).end();
    return Representation.of(
            json -> {
              json.writeStartObject();
              json.writeArrayFieldStart("items");
              for (CacheRegion region : answers.regions()) {
                write(region, json);
              }
              write(series.use(), json);
              for (Region region : items.regions()) {
                write(region, json);
              }
              json.writeEndArray();
              json.writeNullField("next");
              json.writeEndObject();
            })
        .read(request)
        .build();
  }

  private static void write(CacheRegion region, JsonGenerator json) throws IOException {
    CacheRegion.Statistics held = region.statistics();
    json.writeStartObject();
    json.writeStringField("region", ANSWERS + region.name());
    json.writeNumberField("entries", held.entries());
    json.writeNumberField("bytes", held.bytes());
    json.writeNumberField("maxBytes", held.maxBytes());
    json.writeStringField("lifetime", held.lifetime().toString());
    writeUse(held.hits(), held.misses(), json);
    json.writeNumberField("revalidated", held.revalidated());
    json.writeNumberField("bypasses", held.bypasses());
    json.writeNumberField("evictions", held.evictions());
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

  private static void write(Region region, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("region", region.name());
    writeUse(region.hits(), region.misses(), json);
    json.writeNumberField("puts", region.puts());
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

  /** Empties a region; what it held is made anew when it is asked for. */
  @DELETE
  @Path("/{region}")
  public Response clear(@PathParam("region") String region, @Context UriInfo uri) {
    Parameters.of(uri).end();
    if (region.equals(SERIES)) {
      series.clear();
      return Response.noContent().build();
    }
    Optional<CacheRegion> kept =
        region.startsWith(ANSWERS)
            ? answers.region(region.substring(ANSWERS.length()))
            : Optional.empty();
    kept.ifPresent(CacheRegion::clear);
    if (kept.isEmpty() && !items.evict(region)) {
      throw Problem.notFound("There is no cache region " + region + ".");
    }
    return Response.noContent().build();
  }
}
