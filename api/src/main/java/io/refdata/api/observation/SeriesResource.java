package io.refdata.api.observation;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.api.dataset.ShownPast;
import io.refdata.api.request.AsOf;
import io.refdata.api.request.PageCursor;
import io.refdata.api.request.Parameters;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Format;
import io.refdata.api.response.Representation;
import io.refdata.api.response.StreamedResponse;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.revision.Revision;
import io.refdata.persistence.dataset.DatasetDependencies;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.freshness.Dependencies;
import io.refdata.persistence.observation.SeriesPages;
import io.refdata.persistence.observation.SeriesPages.Counted;
import io.refdata.persistence.observation.Vintages;
import io.refdata.persistence.revision.LastChanges;
import io.refdata.persistence.revision.LastModified;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The series of a dataset, by key. JSON, and any form with a limit, is a page; the other forms
 * without a limit are streams.
 */
@Path("/datasets/{code}/series")
@Produces({
  MediaType.APPLICATION_JSON,
  "text/csv",
  "application/x-ndjson",
  Format.XLSX_TYPE,
  Format.PARQUET_TYPE
})
@ApplicationScoped
public class SeriesResource {
  @Inject private RequestedDatasets datasets;
  @Inject private SeriesPages pages;
  @Inject private Vintages vintages;
  @Inject private AsOf asOf;
  @Inject private LastChanges changes;

  @GET
  public Response list(
      @PathParam("code") String code, @Context UriInfo uri, @Context Request request)
      throws IOException {
    Parameters parameters = Parameters.of(uri);
    Dataset dataset = datasets.find(code, parameters);
    SeriesSelection selection = SeriesParameters.read(dataset, parameters);
    int limit = parameters.limit();
    Delivery delivery = Delivery.of(parameters, Format.ALL);
    String cursor = parameters.after().orElse(null);
    Past past = past(parameters, dataset);
    String name = parameters.identity(uri.getPath());
    String after = cursor == null ? null : PageCursor.only(name, cursor);
    SeriesSelection then = selection.withReferencesAt(past.regions());
    LastModified modified = modified(dataset, past);
    if (delivery.format() != Format.JSON && parameters.all("limit").isEmpty()) {
      // Whether retention has changed the counts without a revision is known too late.
      return StreamedResponse.of(
          out -> stream(dataset, then, past, delivery, out),
          delivery,
          past.at() == null ? null : modified);
    }
    SeriesPages.Page page = pages.page(dataset, then, past.revision(), after, limit);
    String next =
        page.more()
            ? PageCursor.of(name, List.of(page.series().get(limit - 1).series().key()))
            : null;
    Representation list =
        delivery.format() == Format.JSON
            ? Representation.page(page.series(), (one, json) -> write(dataset, one, json), next)
            : bytes(dataset, page.series(), delivery, next);
    return list.dependingOn(() -> dependencies(dataset, selection, past))
        .delivered(delivery)
        .modified(page.retired() ? null : modified)
        .read(request, uri)
        .build();
  }

  private void stream(
      Dataset dataset, SeriesSelection selection, Past past, Delivery delivery, OutputStream out)
      throws IOException {
    SeriesTable[] table = new SeriesTable[1];
    pages.each(
        dataset,
        selection,
        past.revision(),
        one -> {
          if (table[0] == null) {
            table[0] = SeriesTable.begin(dataset, delivery, out);
          }
          table[0].add(one);
        });
    (table[0] == null ? SeriesTable.begin(dataset, delivery, out) : table[0]).end();
  }

  private static Representation bytes(
      Dataset dataset, List<Counted> series, Delivery delivery, @Nullable String next)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SeriesTable table = SeriesTable.begin(dataset, delivery, out);
    for (Counted one : series) {
      table.add(one);
    }
    table.end();
    return Representation.part(out.toByteArray(), delivery.format().type(), next);
  }

  /** The revisions in which a series changed, the latest first. */
  @GET
  @Path("/{key}/vintages")
  @Produces(MediaType.APPLICATION_JSON)
  public Response vintages(
      @PathParam("code") String code,
      @PathParam("key") String key,
      @Context UriInfo uri,
      @Context Request request)
      throws IOException {
    Parameters parameters = Parameters.of(uri);
    Dataset dataset = datasets.find(code, parameters);
    Delivery delivery = Delivery.of(parameters, Format.JSON_ONLY);
    Past past = past(parameters, dataset);
    LastModified modified = modified(dataset, past);
    List<Vintages.Vintage> page =
        vintages.of(dataset, key, past.revision()).orElseThrow(() -> new NoSuchItem("series", key));
    return Representation.page(page, SeriesResource::write, null)
        .dependingOn(() -> DatasetDependencies.contents(dataset))
        .delivered(delivery)
        .modified(modified)
        .read(request, uri)
        .build();
  }

  private static Dependencies dependencies(Dataset dataset, SeriesSelection selection, Past past) {
    return past.regions() == null
        ? DatasetDependencies.contents(dataset, selection)
        : DatasetDependencies.of(dataset.code());
  }

  private static void write(Vintages.Vintage vintage, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("revision", vintage.revision());
    json.writeStringField("at", vintage.at().toString());
    json.writeStringField("publishedAt", vintage.publishedAt().toString());
    if (vintage.load() == null) {
      json.writeNullField("load");
    } else {
      json.writeNumberField("load", vintage.load());
    }
    json.writeNumberField("inserted", vintage.inserted());
    json.writeNumberField("revised", vintage.revised());
    json.writeNumberField("deleted", vintage.deleted());
    json.writeEndObject();
  }

  /**
   * The revisions whose state is read.
   *
   * @param at the instant; null for now
   * @param revision the revision of the dataset; null for now
   * @param regions the revision of the reference data; null for now, that is without {@code asOf}
   */
  private record Past(
      @Nullable Instant at, @Nullable Integer revision, @Nullable Integer regions) {}

  private Past past(Parameters parameters, Dataset dataset) {
    Instant at = AsOf.instant(parameters, AsOf.NAME);
    Instant knownAt = AsOf.instant(parameters, AsOf.KNOWN_AT);
    parameters.end();
    Integer references = at == null ? null : asOf.revision(Revision.REFERENCE_DATA, at, AsOf.NAME);
    if (references != null) {
      datasets.requireSame(dataset, references, ShownPast.isWhole());
    }
    return new Past(
        at, asOf.revision(Objects.requireNonNull(dataset.id()), at, knownAt), references);
  }

  private @Nullable LastModified modified(Dataset dataset, Past past) {
    int id = Objects.requireNonNull(dataset.id());
    boolean known = past.at() == null && past.revision() != null; // looked up before
    return known ? null : changes.of(past.at(), Revision.REFERENCE_DATA, id);
  }

  private static void write(Dataset dataset, Counted counted, JsonGenerator json)
      throws IOException {
    Series series = counted.series();
    json.writeStartObject();
    json.writeStringField("key", series.key());
    SeriesJson.writeDimensions(dataset, series, json);
    json.writeStringField("unit", series.unit());
    json.writeStringField("first", period(dataset, counted.first()));
    json.writeStringField("last", period(dataset, counted.last()));
    json.writeNumberField("count", counted.count());
    json.writeEndObject();
  }

  private static @Nullable String period(Dataset dataset, @Nullable Instant start) {
    return start == null ? null : dataset.frequency().format(start);
  }
}
