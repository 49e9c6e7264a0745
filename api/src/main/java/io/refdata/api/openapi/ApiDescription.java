package io.refdata.api.openapi;

import static io.refdata.api.openapi.OpenApiElements.*;

import io.refdata.api.problem.ProblemType;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASModelReader;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * The description at {@code /openapi}. The paths, filters and schemas of the collections are built
 * from the same properties that serve the requests.
 */
public class ApiDescription implements OASModelReader {
  private static final String PROBLEM = "application/problem+json";

  private static final String DESCRIPTION =
      """
      Reference data and time series for energy, emissions and markets. v1 is only ever extended. \
      Errors are problems (RFC 9457), also at paths outside /api. An unknown parameter is an \
      error.

      **JSON that is sent** is UTF-8 without a byte order mark; no object names a member twice, \
      and no text or name holds U+0000 or half of a surrogate pair. Otherwise the whole request is \
      refused: 400, with line and column.

      **`Accept`** is read as RFC 9110, 12.5.1 says: upper and lower case mean the same, weights are \
      read, the most specific range decides. The only parameter with an effect is `charset=utf-8`. \
      Of formats with the same weight, JSON is chosen. A weight that is not a number from 0 to 1 \
      is 400.

      **`Link` and `Location`** are relative to the URL of the request, so that they are right behind \
      any proxy; `X-Forwarded-Proto` and `Forwarded` have no effect.

      **Entity tags**: every response to a GET has a strong entity tag, except streams: CSV and NDJSON \
      without `limit` are sent while they are read from the database, and have none.

      **Bounds**: a URL has at most 1,000,000 characters (414) and 1,000 parameters, a request at \
      most 200 headers (431), a filter at most 100,000 values, `key` at most 1,000 patterns beside \
      whole keys, `within` at most 1,000 regions; a parameter that is repeated for *and* can be \
      given 50 times. A problem lists at most 100 faults.
      """;

  @Override
  public OpenAPI buildModel() {
    Paths paths = OASFactory.createPaths();
    Components components = OASFactory.createComponents();
    for (ItemType<?> type : Catalogue.all()) {
      ItemPaths items = new ItemPaths(type);
      items.addTo(paths);
      addListed(components, type.entity().getSimpleName(), items.schema());
    }
    addRelatedRegions(paths);
    addChanges(paths);
    DatasetPaths.addTo(paths);
    DatasetPaths.addTo(components);
    LayoutPaths.addTo(paths);
    LoadPaths.addTo(paths);
    LayoutPaths.addTo(components);
    LoadPaths.addTo(components);
    DatabasePaths.addTo(paths);
    Budgets.addTo(paths);
    CommonResponses.addTo(paths);
    DatabasePaths.addTo(components);
    addShared(components);
    return OASFactory.createOpenAPI()
        .openapi("3.1.0")
        .info(
            OASFactory.createInfo()
                .title("Reference data platform")
                .version("1")
                .description(DESCRIPTION)
                .license(
                    OASFactory.createLicense().name("Apache License 2.0").identifier("Apache-2.0")))
        .externalDocs(
            OASFactory.createExternalDocumentation()
                .description("Problems: RFC 9457")
                .url("https://www.rfc-editor.org/rfc/rfc9457"))
        .addServer(OASFactory.createServer().url("/"))
        .paths(paths)
        .components(components);
  }

  private static void addRelatedRegions(Paths paths) {
    for (String relation : new String[] {"descendants", "ancestors"}) {
      Operation list =
          problems(
                  operation(
                      relation + "OfRegion",
                      "regions",
                      relation.equals("descendants")
                          ? "The regions below a region, at any depth"
                          : "The regions that contain a region"),
                  ProblemType.INVALID,
                  ProblemType.NOT_FOUND)
              .addParameter(shared("limit"))
              .addParameter(shared("after"))
              .addParameter(shared("asOf"));
      list.getResponses()
          .addAPIResponse(
              "200",
              cacheable(
                  response("A page, or as CSV and NDJSON all of them unless `limit` is given")
                      .content(new ItemPaths(Catalogue.REGIONS).formats())));
      paths.addPathItem(
          "/api/v1/regions/{code}/" + relation,
          OASFactory.createPathItem()
              .GET(list)
              .addParameter(path("code", "The region's code", "M49-150")));
    }
  }

  private static void addChanges(Paths paths) {
    Operation changes =
        problems(
                operation(
                    "listChanges",
                    "changes",
                    "The changes of all items, in revision order; a mirror polls it"),
                ProblemType.INVALID)
            .addParameter(
                query(
                    "since",
                    integer("A revision"),
                    "Only later revisions; 0 from the beginning",
                    0))
            .addParameter(
                query("collection", "Only these collections, separated by commas", "facilities"))
            .addParameter(shared("limit"))
            .addParameter(shared("after"));
    changes
        .getResponses()
        .addAPIResponse("200", response("A page", JSON, page("Change"), json(Examples.history())));
    paths.addPathItem("/api/v1/changes", OASFactory.createPathItem().GET(changes));
  }

  private static void addShared(Components components) {
    addListed(components, "Change", change());
    components
        .addSchema(
            "Reference",
            orNull(
                object("A reference to another item; in requests only its code is read")
                    .addProperty("code", text("Its code"))
                    .addProperty("name", text("Its name"))
                    .addRequired("code")))
        .addSchema("Problem", problem());
    components
        .addParameter(
            "limit",
            query(
                "limit",
                integer("1 to 1000").minimum(java.math.BigDecimal.ONE),
                "Entries per page; 50 if not given",
                50))
        .addParameter(
            "after", query("after", "The `next` of the previous page", "WyJhZjc1YzA1MiJd"))
        .addParameter(
            "sort",
            query(
                "sort",
                "Properties, each once, `-` for descending; ties by code, missing values last",
                "name"))
        .addParameter("fields", query("fields", "Only these properties", "code,name"))
        .addParameter("expand", query("expand", "Includes the full related items", "region"))
        .addParameter(
            "count",
            query(
                "count",
                oneOf("How to count", "exact", "estimated"),
                "Adds the number of items",
                "exact"))
        .addParameter("within", query("within", "In this region, or in any below it", "M49-150"))
        .addParameter(
            "bbox", query("bbox", "minLon,minLat,maxLon,maxLat in degrees", "-10,35,30,70"))
        .addParameter(
            "asOf",
            query(
                "asOf",
                instant("RFC 3339, to the microsecond"),
                "The state as of this instant",
                "2026-11-20T16:30:25.371028Z"))
        .addParameter(
            "If-None-Match",
            header(
                "If-None-Match",
                "The entity tag that the client has",
                false,
                "\"3-9f86d081884c7d65\""))
        .addParameter(
            "X-Change-Reason",
            header("X-Change-Reason", "Stored with the revision", false, "measured anew"));
    addHeader(components, "ETag", "\"<version>-<hash>\" of an item, else \"<hash>\"");
    addHeader(components, "Cache-Control", "private, no-cache; with asOf immutable");
    addHeader(components, "Server-Timing", "Where the time went: total, db, encode");
    addHeader(components, "Link", "The next page, rel=\"next\"");
    addHeader(components, "Location", "The path of the new resource");
    for (ProblemType type : ProblemType.values()) {
      components.addResponse(
          name(type),
          response(
              type.title(),
              PROBLEM,
              ref("Problem"),
              json(Examples.problem(type.slug(), type.title(), type.status()))));
    }
  }

  private static void addHeader(Components components, String name, String description) {
    Header header = OASFactory.createHeader().description(description).schema(text(description));
    components.addHeader(name, header);
  }

  private static Schema change() {
    return object("The changes that a revision made to an item")
        .addProperty("revision", integer("Its number; numbers rise in commit order"))
        .addProperty("at", instant("When it was recorded"))
        .addProperty("by", text("The author"))
        .addProperty("reason", orNull(text("The author's reason")))
        .addProperty("load", orNull(integer("The load that made it")))
        .addProperty("collection", text("The collection; only in `/changes`"))
        .addProperty("code", text("The item's code; only in `/changes`"))
        .addProperty("operation", oneOf("The kind of change", "CREATED", "UPDATED", "DELETED"))
        .addProperty(
            "changes",
            array(
                object("A property and its values before and after")
                    .addProperty("property", text("Its name"))
                    .addProperty("from", OASFactory.createSchema())
                    .addProperty("to", OASFactory.createSchema())));
  }

  private static Schema problem() {
    return object("RFC 9457")
        .addProperty("type", text("/problems/<slug>"))
        .addProperty("title", text("The kind of problem"))
        .addProperty("status", integer("The HTTP status"))
        .addProperty("detail", text("What is wrong"))
        .addProperty("instance", text("The path of the request"))
        .addProperty(
            "errors",
            array(
                object("A fault")
                    .addProperty("pointer", text("JSON pointer into the body"))
                    .addProperty("parameter", text("The parameter's name"))
                    .addProperty("detail", text("What is wrong with it"))))
        .addRequired("type")
        .addRequired("title")
        .addRequired("status");
  }
}
