package io.refdata.api.openapi;

import static io.refdata.api.openapi.LoadPaths.TAG;
import static io.refdata.api.openapi.LoadPaths.item;
import static io.refdata.api.openapi.LoadPaths.list;
import static io.refdata.api.openapi.OpenApiElements.*;

import io.refdata.api.problem.ProblemType;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** The paths of layouts. */
final class LayoutPaths {
  private static final String LAYOUTS = "/api/v1/layouts";

  private LayoutPaths() {}

  static void addTo(Paths paths) {
    Parameter name = path("name", "The layout's name", "co2");
    paths.addPathItem(LAYOUTS, item().GET(list("Layouts", "The layouts", "Layout")));
    paths.addPathItem(
        LAYOUTS + "/{name}",
        item().GET(getLayout()).PUT(putLayout()).DELETE(deleteLayout()).addParameter(name));
    paths.addPathItem(
        LAYOUTS + "/{name}/history",
        item()
            .GET(history("historyLayout", TAG, "The changes of a layout, newest first"))
            .addParameter(name));
  }

  static void addTo(Components components) {
    addListed(components, "Layout", layout());
    components.addSchema("Source", source());
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
}
