package io.refdata.api.dataset;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.api.answer.Answer;
import io.refdata.api.request.PageCursor;
import io.refdata.api.request.Parameters;
import io.refdata.api.request.PathCode;
import io.refdata.dataset.Dataset;
import io.refdata.persistence.dataset.Datasets;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.dataset.SeriesPages;
import io.refdata.persistence.dataset.SeriesPages.Counted;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.reference.NoSuchItem;
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
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The series of a dataset, by key. */
@Path("/datasets/{code}/series")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class SeriesResource {
  @Inject private Datasets datasets;
  @Inject private SeriesPages pages;

  @GET
  public Response list(
      @PathParam("code") String code, @Context UriInfo uri, @Context Request request) {
    Dataset dataset =
        datasets.find(PathCode.of(code)).orElseThrow(() -> new NoSuchItem("datasets", code));
    Parameters parameters = Parameters.of(uri);
    SeriesSelection selection = SeriesParameters.read(dataset, parameters);
    int limit = parameters.limit();
    String cursor = parameters.after().orElse(null);
    parameters.end();
    String list = parameters.identity(uri.getPath());
    String after = cursor == null ? null : PageCursor.parse(list, 1, cursor).get(0);
    SeriesPages.Page page = pages.page(dataset, selection, after, limit);
    String next =
        page.more()
            ? PageCursor.of(list, List.of(page.series().get(limit - 1).series().key()))
            : null;
    return Answer.<Counted>page(page.series(), (one, json) -> write(dataset, one, json), next)
        .read(request, uri)
        .build();
  }

  private static void write(Dataset dataset, Counted counted, JsonGenerator json)
      throws IOException {
    Series series = counted.series();
    json.writeStartObject();
    json.writeStringField("key", series.key());
    SeriesJson.writeDimensions(dataset, series, json);
    json.writeStringField("unit", series.unit());
    json.writeStringField("first", period(dataset, series.first()));
    json.writeStringField("last", period(dataset, series.last()));
    json.writeNumberField("count", counted.count());
    json.writeEndObject();
  }

  private static @Nullable String period(Dataset dataset, @Nullable Instant start) {
    return start == null ? null : dataset.frequency().format(start);
  }
}
