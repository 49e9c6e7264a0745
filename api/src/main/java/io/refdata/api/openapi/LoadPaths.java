package io.refdata.api.openapi;

import static io.refdata.api.openapi.OpenApiElements.*;

import io.refdata.api.problem.ProblemType;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** The paths of loads. */
final class LoadPaths {
  static final String TAG = "loads";
  private static final String LOADS = "/api/v1/loads";

  private LoadPaths() {}

  static void addTo(Paths paths) {
    Parameter id = path("id", "The load's number", "7");
    paths.addPathItem(
        LOADS, item().GET(list("Loads", "The loads, newest first", "Load")).POST(receive()));
    paths.addPathItem(LOADS + "/{id}", item().GET(getLoad()).addParameter(id));
    paths.addPathItem(LOADS + "/{id}/rejects", item().GET(rejects()).addParameter(id));
    paths.addPathItem(
        LOADS + "/{id}/restart",
        item()
            .POST(restartOrStop("restartLoad", "Restarts a failed or stopped load"))
            .addParameter(id));
    paths.addPathItem(
        LOADS + "/{id}/stop",
        item()
            .POST(
                restartOrStop(
                    "stopLoad", "Stops a load at its next step, without a partial result"))
            .addParameter(id));
  }

  static PathItem item() {
    return OASFactory.createPathItem();
  }

  static void addTo(Components components) {
    addListed(components, "Load", load());
  }

  private static Schema load() {
    return object("A file that is being loaded, or the result of it")
        .addProperty("id", integer("Its number"))
        .addProperty("layout", orNull(text("The layout's name")))
        .addProperty("into", text("The dataset or collection that it goes into"))
        .addProperty("mode", oneOf("How it is merged", "UPSERT", "REPLACE"))
        .addProperty(
            "state",
            oneOf(
                "Its current step",
                "RECEIVED",
                "STAGING",
                "MERGING",
                "COMPLETED",
                "FAILED",
                "STOPPED"))
        .addProperty("file", object("Its name, bytes and sha256"))
        .addProperty(
            "rows", object("How many were read, inserted, revised, unchanged, deleted, rejected"))
        .addProperty("progress", number("The part done, 0 to 1"))
        .addProperty("rowsPerSecond", integer("Rows read per second"))
        .addProperty("steps", array(object("A step's name, seconds and rows")))
        .addProperty("receivedAt", instant("When the whole file was on disk"))
        .addProperty("startedAt", orNull(instant("When it started")))
        .addProperty("recordedAt", orNull(instant("The instant from which asOf includes it")))
        .addProperty("finishedAt", orNull(instant("When it ended")))
        .addProperty("message", orNull(text("Why it failed")));
  }

  static Operation list(String collection, String summary, String schema) {
    Operation list =
        problems(operation("list" + collection, TAG, summary + ", by page"), ProblemType.INVALID)
            .addParameter(shared("limit"))
            .addParameter(shared("after"));
    String example = schema.equals("Load") ? Examples.load() : Examples.layout();
    list.getResponses()
        .addAPIResponse(
            "200",
            cacheable(
                response(
                    "A page",
                    JSON,
                    page(schema),
                    json("{\"items\":[" + example + "],\"next\":null}"))));
    return list;
  }

  private static Operation receive() {
    Operation receive =
        problems(
                operation("receiveLoad", TAG, "Receives a file of any size, plain or gzip"),
                ProblemType.INVALID,
                ProblemType.UNSUPPORTED_MEDIA_TYPE)
            .addParameter(query("layout", "The layout of the file; this or `into`", "co2"))
            .addParameter(
                query(
                    "into",
                    "For a long file with columns named like the dimensions",
                    "datasets/CO2"))
            .addParameter(
                query(
                    "mode",
                    oneOf("UPSERT if not given", "UPSERT", "REPLACE"),
                    "How it is merged",
                    "UPSERT"))
            .addParameter(
                query(
                    "maxRejectRatio",
                    number("0 to 1"),
                    "With a higher ratio it fails; 0.1 if not given",
                    0.1))
            .addParameter(
                query(
                    "maxDeleteRatio",
                    number("0 to 1"),
                    "With REPLACE: with a higher ratio it fails",
                    0.5))
            .addParameter(query("name", "The name of the file", "co2.csv"))
            .requestBody(
                OASFactory.createRequestBody()
                    .required(true)
                    .content(
                        OASFactory.createContent()
                            .addMediaType(
                                CSV,
                                media(text("A CSV file"), "iso_code,year,co2\nFRA,2018,337.9\n"))
                            .addMediaType(
                                NDJSON,
                                media(
                                    text("One JSON object per line"),
                                    "{\"iso_code\":\"FRA\",\"year\":2018,\"co2\":337.9}\n"))));
    receive
        .getResponses()
        .addAPIResponse(
            "202",
            response("Received; the load runs by itself", JSON, ref("Load"), json(Examples.load()))
                .addHeader("Location", sharedHeader("Location")));
    return receive;
  }

  private static Operation getLoad() {
    Operation get =
        problems(operation("getLoad", TAG, "A load in its current state"), ProblemType.NOT_FOUND);
    get.getResponses()
        .addAPIResponse(
            "200", cacheable(response("The load", JSON, ref("Load"), json(Examples.load()))));
    return get;
  }

  private static Operation rejects() {
    Operation rejects =
        problems(
            operation("listRejects", TAG, "Every rejected line (without a column) or cell, once"),
            ProblemType.NOT_FOUND);
    rejects
        .getResponses()
        .addAPIResponse(
            "200",
            response(
                "The rejects",
                CSV,
                text("line,column,code,reason,raw"),
                "line,column,code,reason,raw\n5,co2,NOT_A_NUMBER,'n.a.' is not a number,n.a.\n"));
    return rejects;
  }

  private static Operation restartOrStop(String id, String summary) {
    Operation operation =
        problems(operation(id, TAG, summary), ProblemType.NOT_FOUND, ProblemType.CONFLICT);
    operation
        .getResponses()
        .addAPIResponse(
            "202",
            response("The load in its current state", JSON, ref("Load"), json(Examples.load())));
    return operation;
  }
}
