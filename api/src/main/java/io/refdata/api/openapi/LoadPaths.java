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

/** The paths of layouts and loads. */
final class LoadPaths {
  private static final String TAG = "loads";
  private static final String LAYOUTS = "/api/v1/layouts";
  private static final String LOADS = "/api/v1/loads";

  private LoadPaths() {}

  static void addTo(Paths paths) {
    Parameter name = path("name", "The layout's name", "co2");
    paths.addPathItem(LAYOUTS, item().GET(list("Layouts", "The layouts", "Layout")));
    paths.addPathItem(
        LAYOUTS + "/{name}",
        item().GET(getLayout()).PUT(putLayout()).DELETE(deleteLayout()).addParameter(name));
    paths.addPathItem(LAYOUTS + "/{name}/history", item().GET(history()).addParameter(name));
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

  private static PathItem item() {
    return OASFactory.createPathItem();
  }

  static void addTo(Components components) {
    addListed(components, "Layout", layout());
    components.addSchema("Source", source());
    addListed(components, "Load", load());
  }

  private static Schema layout() {
    return object("How a file is read, and where its rows go")
        .addProperty("name", text("Its name"))
        .addProperty("into", text("`datasets/<code>`, a collection, or `code-lists/<code>/codes`"))
        .addProperty("format", oneOf("csv if not given", "csv", "ndjson"))
        .addProperty("delimiter", text("The separator of columns; a comma if not given"))
        .addProperty("encoding", text("The character set; UTF-8 if not given"))
        .addProperty("decimal", oneOf("The decimal sign", ".", ","))
        .addProperty("missing", array(text("A text that means an empty cell")))
        .addProperty("time", ref("Source"))
        .addProperty("dimensions", sources("Where each dimension is"))
        .addProperty("value", ref("Source"))
        .addProperty("status", ref("Source"))
        .addProperty(
            "values",
            object("Which columns of a wide file hold values")
                .addProperty("include", array(text("A header")))
                .addProperty("exclude", array(text("A header"))))
        .addProperty(
            "properties",
            sources(
                "Where each property is, of a collection; those it does not name stay as they are."
                    + " `identifiers.ISIN`: the identifier of one scheme, the others stay;"
                    + " `identifiers` and `owners` as a whole: as CSV has them,"
                    + " `ISIN:FR0000133308;MIC:XPAR` and `EDF:0.6;RWE:0.4`, where `as`, `map`,"
                    + " `match` and `create` are about each owner. References to the same"
                    + " collection may be to any line of the file"))
        .addProperty(
            "scope",
            sources(
                    "The items that REPLACE may delete: the values that they must have, besides the"
                        + " layout's constants")
                .additionalPropertiesSchema(text("A code")))
        .addRequired("into");
  }

  private static Schema sources(String description) {
    return object(description).additionalPropertiesSchema(ref("Source"));
  }

  private static Schema source() {
    return object("Where a value is: one of column, constant and header")
        .addProperty("column", text("The header of its column"))
        .addProperty("constant", text("The same for every line"))
        .addProperty(
            "header",
            OASFactory.createSchema()
                .description("true: the header itself; a text: an RE2 expression with one group"))
        .addProperty(
            "as", oneOf("In upper case; characters that a code cannot hold become _", "CODE"))
        .addProperty("map", object("Replaces values").additionalPropertiesSchema(text("A value")))
        .addProperty("match", oneOf("Finds an item by its exact name", "name"))
        .addProperty(
            "create",
            bool("Creates missing items; not those that require more than a code and a name"))
        .addProperty("pattern", text("How a time is written, as a pattern of java.time"));
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

  private static Operation list(String collection, String summary, String schema) {
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

  private static Operation history() {
    Operation history =
        problems(
                operation("historyLayout", TAG, "The changes of a layout, newest first"),
                ProblemType.NOT_FOUND)
            .addParameter(shared("limit"))
            .addParameter(shared("after"))
            .addParameter(shared("asOf"));
    history
        .getResponses()
        .addAPIResponse(
            "200", response("Its changes", JSON, page("Change"), json(Examples.history())));
    return history;
  }

  private static Operation getLayout() {
    Operation get = problems(operation("getLayout", TAG, "A layout"), ProblemType.NOT_FOUND);
    get.getResponses()
        .addAPIResponse(
            "200", cacheable(response("The layout", JSON, ref("Layout"), json(Examples.layout()))));
    return get;
  }

  private static Operation putLayout() {
    Operation put =
        problems(
                operation("putLayout", TAG, "Creates or replaces a layout, for future loads"),
                ProblemType.INVALID,
                ProblemType.PRECONDITION_FAILED,
                ProblemType.PRECONDITION_REQUIRED)
            .addParameter(header("If-Match", "The version that is replaced", false, "\"0-\""))
            .requestBody(body(JSON, ref("Layout"), json(Examples.layout())));
    put.getResponses()
        .addAPIResponse("200", response("Replaced", JSON, ref("Layout"), json(Examples.layout())));
    put.getResponses()
        .addAPIResponse("201", response("Created", JSON, ref("Layout"), json(Examples.layout())));
    return put;
  }

  private static Operation deleteLayout() {
    Operation delete =
        problems(
                operation("deleteLayout", TAG, "Deletes a layout; running loads still use it"),
                ProblemType.NOT_FOUND,
                ProblemType.PRECONDITION_FAILED,
                ProblemType.PRECONDITION_REQUIRED)
            .addParameter(header("If-Match", "The version that is deleted", true, "\"0-\""));
    delete.getResponses().addAPIResponse("204", response("Deleted"));
    return delete;
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
