package io.refdata.api.openapi;

import static io.refdata.api.openapi.OpenApiElements.*;

import io.refdata.api.problem.ProblemType;
import io.refdata.api.response.Format;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.domain.item.value.Code;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** The paths of a collection of reference data, built from its properties. */
final class ItemPaths {
  /** The example of a file that is no text. */
  private static final String BYTES = "…";

  private final ItemType<?> type;
  private final String root;
  private final boolean inCodeList;
  private final String schema;

  ItemPaths(ItemType<?> type) {
    this.type = type;
    this.inCodeList = type == Catalogue.CODES;
    this.root = "/api/v1/" + (inCodeList ? "code-lists/{list}/codes" : type.collection());
    this.schema = type.entity().getSimpleName();
  }

  void addTo(Paths paths) {
    paths.addPathItem(root, at(OASFactory.createPathItem().GET(list())));
    paths.addPathItem(
        root + "/{code}",
        at(OASFactory.createPathItem().GET(get()).PUT(put()).PATCH(patch()).DELETE(delete()))
            .addParameter(path("code", "The item's code", Examples.code(type))));
    paths.addPathItem(root + "/batch", at(OASFactory.createPathItem().POST(batch())));
    paths.addPathItem(
        root + "/{code}/history",
        at(OASFactory.createPathItem().GET(history()))
            .addParameter(path("code", "The item's code", Examples.code(type))));
  }

  /** Adds the lists of the items above and below one, and its members; only regions have them. */
  void addRelatedTo(Paths paths) {
    addRelatedTo(paths, "descendants", "The regions below a region, at any depth");
    addRelatedTo(paths, "ancestors", "The regions that contain a region");
    addRelatedTo(paths, "members", "The regions that are members of a group on a day");
  }

  private void addRelatedTo(Paths paths, String relation, String summary) {
    Operation list =
        list(
            problems(
                operation(relation + "Of" + schema, type.collection(), summary),
                ProblemType.INVALID));
    paths.addPathItem(
        root + "/{code}/" + relation,
        OASFactory.createPathItem()
            .GET(list)
            .addParameter(path("code", "The item's code", Examples.code(type))));
  }

  private PathItem at(PathItem item) {
    return inCodeList ? item.addParameter(path("list", "The code list", "FUEL")) : item;
  }

  /** The item's schema: its properties. With {@code fields} a response has only some of them. */
  Schema schema() {
    Schema item = object("One of the " + type.collection() + ".");
    for (Property property : type.shown()) {
      item.addProperty(property.name(), value(property));
    }
    return item.addExample(json(Examples.item(type)));
  }

  /** The schema of an item in a request: all required properties must be there. */
  private Schema requestSchema() {
    Schema required = OASFactory.createSchema();
    type.shown().stream()
        .filter(Property::required)
        .forEach(property -> required.addRequired(property.name()));
    return OASFactory.createSchema().addAllOf(ref(schema)).addAllOf(required);
  }

  private static Schema value(Property property) {
    Schema value =
        switch (property.kind()) {
          case TEXT -> text("A text.");
          case CODE ->
              text(property.isListed()
                      ? "A code of the code list "
                          + property.lists().stream()
                              .map(Code::value)
                              .collect(Collectors.joining(" or "))
                          + "."
                      : "Identifies the item; never changes.")
                  .pattern("^[A-Za-z0-9_@$-]{1,64}$");
          case NUMBER -> number("A number.");
          case INTEGER -> integer("A whole number.");
          case DAY -> text("A day.").format("date");
          case YEAR_OR_DAY ->
              text("A day, or a year if the day is not known.")
                  .pattern("^\\d{4}(-\\d{2}-\\d{2})?$");
          case REFERENCE -> ref("Reference");
          case IDENTIFIERS ->
              object("Identifiers by scheme: ISIN, FIGI, MIC …")
                  .additionalPropertiesSchema(text("The identifier"));
          case OWNERS ->
              array(
                  object("An owner")
                      .addProperty("organization", ref("Reference"))
                      .addProperty("share", number("Above 0, at most 1")));
        };
    boolean plain = property.kind() != PropertyKind.REFERENCE;
    return property.required() || !plain ? value : orNull(value);
  }

  private Operation list() {
    return list(
        problems(
            operation(
                "list" + id(),
                type.collection(),
                "The " + type.collection() + ", by page or all at once"),
            ProblemType.INVALID));
  }

  /** What all lists of items have. */
  private Operation list(Operation list) {
    type.shown().forEach(property -> list.addParameter(filter(property)));
    list.addParameter(query("q", "Name contains, without regard to case and accents", "paris"));
    if (type.property("region").isPresent() || type == Catalogue.REGIONS) {
      list.addParameter(shared("within")).addParameter(shared("on"));
    }
    if (type == Catalogue.MEMBERSHIPS || type == Catalogue.CONVERSIONS) {
      list.addParameter(query("on", "In force on this day", "2019-06-01"));
    }
    if (type.property("latitude").isPresent()) {
      list.addParameter(shared("bbox"));
    }
    if (type == Catalogue.FACILITIES) {
      for (String name : new String[] {"near", "radiusKm", "k"}) {
        list.addParameter(shared(name));
      }
    }
    for (String name :
        new String[] {
          "sort", "fields", "expand", "count", "limit", "after", "asOf", "format", "download", "bom"
        }) {
      list.addParameter(shared(name));
    }
    list.getResponses().addAPIResponse("200", found().addHeader("Link", sharedHeader("Link")));
    return list.addParameter(shared("If-None-Match"));
  }

  private APIResponse found() {
    return response("A page, or in the other formats all of them unless `limit` is given")
        .content(formats());
  }

  private Content formats() {
    return OASFactory.createContent()
        .addMediaType(
            JSON,
            media(page(schema), json("{\"items\":[" + Examples.item(type) + "],\"next\":null}")))
        .addMediaType(
            CSV,
            media(
                text("One line per item, one column per property"),
                "code,name\n" + Examples.code(type) + ",…\n"))
        .addMediaType(NDJSON, media(text("One item per line"), Examples.item(type)))
        .addMediaType(
            Format.XLSX_TYPE, media(text("A workbook, one row per item").format("binary"), BYTES))
        .addMediaType(
            Format.PARQUET_TYPE, media(text("The columns of CSV").format("binary"), BYTES));
  }

  private Parameter filter(Property property) {
    return switch (property.kind()) {
      case NUMBER ->
          query(property.name(), "Compares: `eq ne lt le gt ge`; repeat it for *and*", "ge:100");
      case INTEGER ->
          query(property.name(), "Compares: `eq ne lt le gt ge`; repeat it for *and*", "ge:1");
      case DAY, YEAR_OR_DAY ->
          query(
              property.name(),
              "Compares days or years: `eq ne lt le gt ge`; repeat it for *and*",
              "ge:2000-01-01");
      case IDENTIFIERS ->
          query("identifier", "Has any of these, as scheme:identifier", "ISIN:FR0000133308");
      default ->
          query(
              property.name(),
              "Any of these, separated by commas",
              property.name().equals("code") ? Examples.code(type) : "A,B");
    };
  }

  private Operation get() {
    Operation get =
        problems(
            operation("get" + id(), type.collection(), "One of the " + type.collection()),
            ProblemType.INVALID);
    get.addParameter(shared("fields"))
        .addParameter(shared("expand"))
        .addParameter(shared("asOf"))
        .addParameter(shared("If-None-Match"));
    get.getResponses().addAPIResponse("200", item("The item"));
    return get;
  }

  private APIResponse item(String description) {
    return response(description, JSON, ref(schema), json(Examples.item(type)))
        .addHeader("ETag", sharedHeader("ETag"));
  }

  private Operation put() {
    Operation put =
        writing(operation("put" + id(), type.collection(), "Creates or replaces an item"))
            .addParameter(
                header(
                    "If-Match",
                    "The version that is replaced; needed if the item exists",
                    false,
                    "\"3-\""))
            .addParameter(header("If-None-Match", "`*`: only creates", false, "*"))
            .requestBody(body(JSON, requestSchema(), json(Examples.item(type))));
    put.getResponses().addAPIResponse("200", item("Replaced, or unchanged"));
    put.getResponses().addAPIResponse("201", item("Created"));
    return put;
  }

  private Operation patch() {
    Operation patch =
        writing(
                operation(
                    "patch" + id(),
                    type.collection(),
                    "Changes some properties (RFC 7396); null removes one"))
            .addParameter(header("If-Match", "The version that is changed", true, "\"3-\""))
            .requestBody(
                body(
                    "application/merge-patch+json",
                    object("Some properties"),
                    json("{\"name\":\"Another name\"}")));
    patch.getResponses().addAPIResponse("200", item("Changed, or unchanged"));
    return patch;
  }

  private Operation delete() {
    Operation delete =
        problems(
                operation(
                    "delete" + id(), type.collection(), "Deletes an item that nothing refers to"),
                ProblemType.CONFLICT,
                ProblemType.PRECONDITION_FAILED,
                ProblemType.PRECONDITION_REQUIRED)
            .addParameter(header("If-Match", "The version that is deleted", true, "\"3-\""))
            .addParameter(shared("X-Change-Reason"));
    delete.getResponses().addAPIResponse("204", response("Deleted; its history stays"));
    return delete;
  }

  private Operation batch() {
    Schema operation =
        object("What is done to one item.")
            .addProperty(
                "op",
                text("`put` creates or replaces, `patch` changes some properties (RFC 7396).")
                    .addEnumeration("put")
                    .addEnumeration("patch")
                    .addEnumeration("delete"))
            .addProperty("code", text("Its code, each at most once in a batch."))
            .addProperty(
                "ifMatch",
                text("As If-Match: a version, an entity tag, or `*`; needed if the item exists."))
            .addProperty("item", object("The item, or what a patch changes; not for `delete`."))
            .addRequired("op")
            .addRequired("code");
    String put =
        "{\"op\":\"put\",\"code\":\"%s\",\"item\":%s}"
            .formatted(Examples.code(type), Examples.item(type));
    String delete = "{\"op\":\"delete\",\"code\":\"OLD\",\"ifMatch\":\"3\"}";
    Operation batch =
        writing(
                operation(
                    "batch" + id(),
                    type.collection(),
                    "Writes up to 1,000 items in one transaction and one revision: all of them or"
                        + " none. They may refer to each other in any order. All faults are named"
                        + " at once, each by its place in the batch; if they are of one kind, the"
                        + " problem is of that kind (404, 409, 412, 428), else it is 400"))
            .requestBody(body(JSON, array(operation), json("[" + put + "," + delete + "]")));
    batch
        .getRequestBody()
        .getContent()
        .addMediaType(NDJSON, media(operation, put + "\n" + delete + "\n"));
    Schema done =
        object("What was done to one item.")
            .addProperty("code", text("Its code."))
            .addProperty("status", text("CREATED, UPDATED, DELETED, or UNCHANGED."))
            .addProperty("version", integer("Its version now, or when it was deleted."));
    Schema answer =
        object("What was done, in the order of the request.")
            .addProperty("revision", orNull(integer("The revision; null if nothing has changed.")))
            .addProperty("items", array(done));
    batch
        .getResponses()
        .addAPIResponse(
            "200",
            response(
                "Written",
                JSON,
                answer,
                json(
                    "{\"revision\":17,\"items\":[{\"code\":\"%s\",\"status\":\"CREATED\",\"version\":0},{\"code\":\"OLD\",\"status\":\"DELETED\",\"version\":3}]}"
                        .formatted(Examples.code(type)))));
    return batch;
  }

  private static Operation writing(Operation operation) {
    return problems(
            operation,
            ProblemType.INVALID,
            ProblemType.CONFLICT,
            ProblemType.PRECONDITION_FAILED,
            ProblemType.PRECONDITION_REQUIRED)
        .addParameter(shared("X-Change-Reason"));
  }

  private Operation history() {
    Operation history =
        problems(
                operation(
                    "history" + id(),
                    type.collection(),
                    "The changes of an item, with time, author and reason, newest first; also of a"
                        + " deleted item"),
                ProblemType.INVALID)
            .addParameter(shared("limit"))
            .addParameter(shared("after"))
            .addParameter(shared("asOf"))
            .addParameter(shared("format"))
            .addParameter(shared("download"));
    history
        .getResponses()
        .addAPIResponse("200", response("Its changes", JSON, page("Change"), null));
    return history;
  }

  private String id() {
    String name = type.entity().getSimpleName();
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
