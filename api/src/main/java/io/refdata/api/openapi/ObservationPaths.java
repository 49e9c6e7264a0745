package io.refdata.api.openapi;

import static io.refdata.api.openapi.OpenApiElements.*;

import io.refdata.api.problem.ProblemType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** The operations on observations: reading, querying and pushing them. */
final class ObservationPaths {
  private static final String TAG = "observations";

  private ObservationPaths() {}

  /** The parameters that select series. */
  static Operation selecting(Operation operation) {
    return operation
        .addParameter(
            OpenApiElements.query(
                "key",
                "Pattern of keys: `*` any, `,` several; repeatable. The name of a dimension is also"
                    + " a filter",
                "FRA,DEU.*"))
        .addParameter(shared("within"));
  }

  static Operation observations() {
    Operation observations =
        selecting(
                problems(
                    operation("getObservations", TAG, "Observations, by series and time"),
                    ProblemType.INVALID,
                    ProblemType.NOT_FOUND,
                    ProblemType.NOT_ACCEPTABLE,
                    ProblemType.GONE))
            .addParameter(
                OpenApiElements.query(
                    "from",
                    "The first period, of any frequency: `2020`, `2020-Q1`, `2020-03`. Periods are"
                        + " in the range that start in it: `from=2020-02` of quarterly data begins"
                        + " with 2020-Q2",
                    "2000"))
            .addParameter(
                OpenApiElements.query(
                    "to",
                    "The last period, of any frequency, included. Periods are in the range that"
                        + " start in it, also if they end after it: `to=2020-02` of quarterly data"
                        + " ends with 2020-Q1",
                    "2020"))
            .addParameter(
                OpenApiElements.query(
                    "last",
                    integer("At least 1"),
                    "Only this many of the latest observations of each series",
                    12))
            .addParameter(
                OpenApiElements.query(
                    "first",
                    integer("At least 1"),
                    "Only this many of the earliest observations of each series",
                    1))
            .addParameter(shared("asOf"))
            .addParameter(
                OpenApiElements.query(
                    "updatedAfter",
                    instant("An instant"),
                    "Only observations that changed after it, with their action: I, R or D",
                    "2026-11-20T00:00:00Z"))
            .addParameter(
                OpenApiElements.query(
                    "limit",
                    integer("At least 1"),
                    "Observations per page; if not given, 100,000 in JSON, all in CSV and NDJSON",
                    1000))
            .addParameter(shared("after"));
    observations
        .getResponses()
        .addAPIResponse("200", cacheable(response("The observations").content(formats())));
    return observations;
  }

  private static Content formats() {
    return OASFactory.createContent()
        .addMediaType(JSON, media(ref("ObservationPage"), json(Examples.observations())))
        .addMediaType(
            CSV,
            media(
                text("One line per observation, streamed"),
                "key,region,indicator,time,value,status\nFRA.co2,FRA,co2,2018,337.913,A\n"))
        .addMediaType(
            NDJSON,
            media(
                text("One observation per line, streamed"),
                "{\"key\":\"FRA.co2\",\"region\":\"FRA\",\"indicator\":\"co2\",\"time\":\"2018\",\"value\":337.913,\"status\":\"A\"}\n"));
  }

  /** The schema of a page of observations. */
  static Schema page() {
    return object("A page of observations: columns, by series")
        .addProperty("series", array(ref("Columns")))
        .addProperty(
            "next", orNull(text("Cursor of the next page, for `after`; null on the last page")));
  }

  static Operation query() {
    Operation query =
        problems(
                operation(
                    "queryObservations",
                    TAG,
                    "Reads observations, for a selection that is too long for a URL"),
                ProblemType.INVALID,
                ProblemType.NOT_FOUND)
            .requestBody(
                body(
                    JSON,
                    object("The parameters of GET, by name; several values as arrays"),
                    json("{\"key\": [\"FRA.*\", \"DEU.*\"], \"from\": \"2000\"}")));
    query.getResponses().addAPIResponse("200", response("The observations").content(formats()));
    return query;
  }

  static Operation push() {
    Schema row = object("An observation: its dimensions, time, value and status");
    Object example =
        json(
            "[{\"region\": \"FRA\", \"indicator\": \"co2\", \"time\": \"2018\", \"value\":"
                + " 337.913}]");
    Operation push =
        problems(
                operation(
                    "pushObservations",
                    TAG,
                    "Writes at most 10,000 observations before it responds"),
                ProblemType.INVALID,
                ProblemType.NOT_FOUND,
                ProblemType.TOO_LARGE,
                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                ProblemType.UNAVAILABLE)
            .requestBody(
                body(JSON, array(row), example)
                    .content(
                        OASFactory.createContent()
                            .addMediaType(JSON, media(array(row), example))
                            .addMediaType(
                                NDJSON,
                                media(
                                    text("One observation per line"),
                                    "{\"region\":\"FRA\",\"indicator\":\"co2\",\"time\":\"2018\",\"value\":337.913}\n"))));
    push.getResponses()
        .addAPIResponse(
            "200",
            response(
                "How many were written, and the rejects",
                JSON,
                object("Counts and rejects"),
                Map.of(
                    "revision",
                    43,
                    "inserted",
                    1,
                    "revised",
                    0,
                    "unchanged",
                    0,
                    "rejected",
                    List.of())));
    return push;
  }
}
