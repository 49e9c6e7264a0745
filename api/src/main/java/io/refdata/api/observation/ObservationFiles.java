package io.refdata.api.observation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.api.observation.ObservationResponses.ResolvedQuery;
import io.refdata.api.problem.Problem;
import io.refdata.api.request.AsOf;
import io.refdata.api.request.Parameters;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Format;
import io.refdata.domain.item.fault.NoSuchItem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes all observations of a query into a file. The query has the names of a request for
 * observations, but no page.
 */
@ApplicationScoped
public class ObservationFiles {
  private static final List<String> OF_PAGES = List.of("limit", "after");

  @Inject private RequestedDatasets datasets;
  @Inject private ObservationResponses responses;

  /**
   * Checks a query, as it would be answered now.
   *
   * @param format that of the file
   * @param parameters those of the query; others were read before
   * @return the instant as of which it reads; null if it does not say one
   * @throws Problem that names every invalid parameter
   */
  public @Nullable Instant check(String dataset, Format format, Parameters parameters) {
    for (String name : OF_PAGES) {
      if (!parameters.all(name).isEmpty()) {
        parameters.fault(name, "is not for exports: they have all observations");
      }
    }
    var unused = Delivery.in(format).shaped(parameters);
    try {
      return resolve(dataset, parameters).query().asOf();
    } catch (NoSuchItem e) {
      throw Problem.invalid(
          List.of(Problem.Error.pointer("/dataset", String.valueOf(e.getMessage()))));
    }
  }

  /**
   * Writes the file. The same query and instant give the same bytes.
   *
   * @param query the query in JSON, without {@code asOf}
   * @return the number of observations
   * @throws NoSuchItem if the dataset does not exist any more
   */
  public long write(String dataset, ObjectNode query, Instant asOf, Format format, OutputStream out)
      throws IOException {
    ObjectNode past = query.deepCopy().put(AsOf.NAME, asOf.toString());
    Parameters parameters = Parameters.of(past);
    Delivery delivery = Delivery.in(format).shaped(parameters);
    return responses.stream(resolve(dataset, parameters), delivery, out);
  }

  private ResolvedQuery resolve(String dataset, Parameters parameters) {
    return responses.resolve(
        ObservationQuery.parse(
            datasets.find(dataset, parameters),
            parameters,
            other -> datasets.find(other, parameters)),
        true); // who asks for a file has the role reader
  }
}
