package io.refdata.api.openapi;

import static io.refdata.api.openapi.OpenApiElements.*;

import io.refdata.api.problem.ProblemType;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** The paths for operators. */
final class DatabasePaths {
  private static final String TAG = "database";
  private static final String CACHES = "/api/v1/database/caches";

  private DatabasePaths() {}

  static void addTo(Paths paths) {
    paths.addPathItem(CACHES, OASFactory.createPathItem().GET(listCaches()));
    paths.addPathItem(
        CACHES + "/{region}",
        OASFactory.createPathItem()
            .DELETE(clearCache())
            .addParameter(path("region", "The region's name", "answers.lists")));
  }

  static void addTo(Components components) {
    addListed(components, "CacheRegion", cacheRegion());
  }

  private static Operation listCaches() {
    Operation list = operation("listCaches", TAG, "The caches: their content, hits and misses");
    list.getResponses()
        .addAPIResponse(
            "200",
            cacheable(
                response(
                    "All regions",
                    JSON,
                    page("CacheRegion"),
                    json(
                        """
                        {"items": [
                          {"region": "answers.items", "entries": 812, "bytes": 1210334, "maxBytes": 16777216,
                           "lifetime": "PT1H", "hits": 90211, "misses": 1620, "hitRatio": 0.98, "revalidated": 3001,
                           "bypasses": 12, "evictions": 0}], "next": null}
                        """))));
    return problems(list, ProblemType.INVALID);
  }

  private static Operation clearCache() {
    Operation clear =
        operation(
            "clearCache", TAG, "Empties a region; its content is computed again when it is needed");
    clear.getResponses().addAPIResponse("204", response("Empty"));
    return problems(clear, ProblemType.NOT_FOUND);
  }

  private static Schema cacheRegion() {
    return object("A part of a cache, since the server started")
        .addProperty(
            "region",
            text(
                "`answers.<region>`: cached responses; `series`: the series of selections; others:"
                    + " the second-level cache"))
        .addProperty("entries", integer("The entries in it now"))
        .addProperty("bytes", integer("The bytes that they use"))
        .addProperty("maxBytes", integer("The bytes that they may use"))
        .addProperty("lifetime", text("The longest time that an entry stays, ISO 8601"))
        .addProperty("hits", integer("Found in it"))
        .addProperty("misses", integer("Not found, or no longer fresh"))
        .addProperty(
            "hitRatio", orNull(number("Hits divided by hits and misses; null before the first")))
        .addProperty("revalidated", integer("Hits that were a 304"))
        .addProperty(
            "bypasses", integer("Requests that did not use it, with `Cache-Control: no-cache`"))
        .addProperty("puts", integer("Put into the second-level cache"))
        .addProperty("evictions", integer("Removed because of its size or their age"))
        .addRequired("region")
        .addRequired("hits")
        .addRequired("misses");
  }
}
