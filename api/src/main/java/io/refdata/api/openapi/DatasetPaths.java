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

/** The paths of datasets, their series and their observations. */
final class DatasetPaths {
  private static final String TAG = "datasets";
  private static final String ROOT = "/api/v1/datasets";

  private DatasetPaths() {}

  static void addTo(Paths paths) {
    Parameter code = path("code", "The dataset's code", "CO2");
    paths.addPathItem(ROOT, item().GET(list()));
    paths.addPathItem(
        ROOT + "/{code}", item().GET(get()).PUT(put()).DELETE(delete()).addParameter(code));
    paths.addPathItem(
        ROOT + "/{code}/history",
        item()
            .GET(history("historyDataset", TAG, "The changes of a dataset, newest first"))
            .addParameter(code));
    paths.addPathItem(ROOT + "/{code}/series", item().GET(series()).addParameter(code));
    paths.addPathItem(
        ROOT + "/{code}/series/{key}/vintages",
        item()
            .GET(vintages())
            .addParameter(code)
            .addParameter(path("key", "The series' key", "FRA.co2")));
    paths.addPathItem(
        ROOT + "/{code}/observations",
        item()
            .GET(ObservationPaths.observations())
            .POST(ObservationPaths.push())
            .addParameter(code));
    paths.addPathItem(
        ROOT + "/{code}/observations/query",
        item().POST(ObservationPaths.query()).addParameter(code));
  }

  private static PathItem item() {
    return OASFactory.createPathItem();
  }

  static void addTo(Components components) {
    addListed(components, "Dataset", dataset());
    addListed(components, "Vintage", vintage());
    addListed(
        components,
        "Series",
        object("One combination of dimension values")
            .addProperty("key", text("The dimension values, joined with dots"))
            .addProperty("dimensions", dimensions())
            .addProperty("unit", orNull(text("The code of its unit")))
            .addProperty("first", orNull(text("The earliest period, as the frequency writes it")))
            .addProperty("last", orNull(text("The latest period, as the frequency writes it")))
            .addProperty("count", integer("The number of its observations")));
    components.addSchema(
        "Columns",
        object("The observations of a series, by columns of the same length")
            .addProperty("key", text("The series' key"))
            .addProperty("dimensions", dimensions())
            .addProperty("unit", orNull(text("The code of its unit")))
            .addProperty("time", array(text("A period, as the frequency writes it")))
            .addProperty("value", array(orNull(number("The value; null if it is missing"))))
            .addProperty("status", array(text("Of SDMX's CL_OBS_STATUS")))
            .addProperty("action", array(oneOf("With updatedAfter only", "I", "R", "D"))));
    components.addSchema("ObservationPage", ObservationPaths.page());
  }

  private static Schema vintage() {
    return object("An instant at which a series changed")
        .addProperty("revision", integer("The number of the revision"))
        .addProperty("at", instant("When it was recorded"))
        .addProperty("load", orNull(integer("The load that made the change")))
        .addProperty("inserted", integer("How many values it inserted"))
        .addProperty("revised", integer("How many values it revised"))
        .addProperty("deleted", integer("How many values it deleted"));
  }

  private static Schema dimensions() {
    return object("The code of each dimension").additionalPropertiesSchema(text("A code"));
  }

  private static Schema dataset() {
    return object("A set of series that share dimensions, frequency and provider")
        .addProperty("code", text("Identifies it; never changes"))
        .addProperty("name", text("Its name"))
        .addProperty("provider", orNull(text("The code of its provider")))
        .addProperty("frequency", oneOf("SDMX's CL_FREQ", "A", "S", "Q", "M", "W", "D", "H", "N"))
        .addProperty("unit", orNull(text("The unit of its values, where no dimension gives one")))
        .addProperty(
            "dimensions",
            array(
                object("A dimension")
                    .addProperty("code", text("Its name in keys and filters"))
                    .addProperty(
                        "values", text("The collection of its codes, or `code-lists/<code>`"))
                    .addRequired("code")
                    .addRequired("values")))
        .addProperty("partitioning", partitioning())
        .addProperty(
            "freshness",
            object("The ages at which it is stale, ISO 8601 durations")
                .addProperty("warnAfter", orNull(text("The age for a warning")))
                .addProperty("failAfter", orNull(text("The age from which it must not be used"))))
        .addProperty(
            "unknownCodes", oneOf("What a load does with unknown codes", "REJECT", "CREATE"))
        .addRequired("name")
        .addRequired("frequency")
        .addRequired("dimensions");
  }

  private static Schema partitioning() {
    return object("How its observations are divided by time")
        .addProperty(
            "interval",
            oneOf(
                "How much time a partition holds",
                "DAY",
                "WEEK",
                "MONTH",
                "QUARTER",
                "YEAR",
                "DECADE",
                "CENTURY"))
        .addProperty("premake", integer("How many partitions are created ahead"))
        .addProperty("retention", orNull(text("How long observations are stored; null: for ever")))
        .addProperty("onExpiry", oneOf("How expired partitions are removed", "DETACH", "DROP"));
  }

  private static Operation list() {
    Operation list =
        problems(operation("listDatasets", TAG, "The datasets, by page"), ProblemType.INVALID)
            .addParameter(shared("limit"))
            .addParameter(shared("after"))
            .addParameter(shared("asOf"));
    list.getResponses()
        .addAPIResponse(
            "200",
            cacheable(
                response(
                    "A page",
                    JSON,
                    page("Dataset"),
                    json("{\"items\":[" + Examples.dataset() + "],\"next\":null}"))));
    return list;
  }

  private static Operation get() {
    Operation get =
        problems(operation("getDataset", TAG, "A dataset"), ProblemType.NOT_FOUND)
            .addParameter(shared("asOf"));
    get.getResponses()
        .addAPIResponse(
            "200",
            cacheable(response("The dataset", JSON, ref("Dataset"), json(Examples.dataset()))));
    return get;
  }

  private static Operation put() {
    Operation put =
        problems(
                operation(
                    "putDataset",
                    TAG,
                    "Creates or replaces a dataset; dimensions, frequency and interval are fixed"
                        + " once it has series"),
                ProblemType.INVALID,
                ProblemType.CONFLICT,
                ProblemType.PRECONDITION_FAILED,
                ProblemType.PRECONDITION_REQUIRED)
            .addParameter(header("If-Match", "The version that is replaced", false, "\"0-\""))
            .addParameter(shared("X-Change-Reason"))
            .requestBody(body(JSON, ref("Dataset"), json(Examples.dataset())));
    put.getResponses()
        .addAPIResponse(
            "200", response("Replaced", JSON, ref("Dataset"), json(Examples.dataset())));
    put.getResponses()
        .addAPIResponse("201", response("Created", JSON, ref("Dataset"), json(Examples.dataset())));
    return put;
  }

  private static Operation delete() {
    Operation delete =
        problems(
                operation("deleteDataset", TAG, "Deletes a dataset"),
                ProblemType.NOT_FOUND,
                ProblemType.CONFLICT,
                ProblemType.PRECONDITION_FAILED,
                ProblemType.PRECONDITION_REQUIRED)
            .addParameter(header("If-Match", "The version that is deleted", true, "\"0-\""))
            .addParameter(
                OpenApiElements.query(
                    "purge",
                    bool("true or false"),
                    "true: its observations are deleted too",
                    true));
    delete.getResponses().addAPIResponse("204", response("Deleted"));
    return delete;
  }

  private static Operation series() {
    Operation series =
        ObservationPaths.selecting(
            problems(
                operation("listSeries", TAG, "The series of a dataset, by page"),
                ProblemType.INVALID,
                ProblemType.NOT_FOUND));
    series.addParameter(shared("limit")).addParameter(shared("after"));
    series
        .getResponses()
        .addAPIResponse(
            "200", cacheable(response("A page", JSON, page("Series"), json(Examples.series()))));
    return series;
  }

  private static Operation vintages() {
    Operation vintages =
        problems(
            operation("listVintages", TAG, "Each instant at which something in a series changed"),
            ProblemType.NOT_FOUND);
    vintages
        .getResponses()
        .addAPIResponse(
            "200",
            response(
                "The instants, newest first",
                JSON,
                page("Vintage"),
                json(
                    """
                    {"items": [{"revision": 42, "at": "2026-11-20T16:30:25.371028Z", "load": 7,
                                "inserted": 12, "revised": 3, "deleted": 0}], "next": null}
                    """)));
    return vintages;
  }
}
