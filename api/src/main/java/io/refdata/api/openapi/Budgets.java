package io.refdata.api.openapi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.Paths;

/**
 * How many SQL statements each answer may take at most, whatever its length: told in the
 * description as {@code x-statements} and held by a test. {@code cold} is with all caches empty,
 * {@code warm} when the same was asked before and nothing has changed since; an {@code asOf} that
 * was not asked for lately, and a {@code count}, take one more.
 */
final class Budgets {
  /** Its name in the description. */
  static final String NAME = "x-statements";

  private static final String ROOT = "/api/v1";
  private static final Map<Predicate<String>, Budget> GETS = new LinkedHashMap<>();

  /** A budget. */
  record Budget(int cold, int warm) {}

  static {
    get(path -> path.endsWith("/history"), 2, 2);
    // One for each kind of thing that the page has changes of.
    get("/changes"::equals, 16, 16);
    get("/datasets"::equals, 1, 0);
    get("/datasets/{code}"::equals, 3, 0);
    get(path -> path.startsWith("/datasets/{code}/"), 5, 0);
    get(path -> path.startsWith("/layouts"), 2, 2);
    get("/loads"::equals, 1, 1);
    get("/loads/{id}"::equals, 1, 1);
    get("/loads/{id}/rejects"::equals, 2, 2);
    get("/database/caches"::equals, 0, 0);
    get(path -> path.startsWith("/regions/{code}/"), 2, 0);
    get("/code-lists/{list}/codes"::equals, 2, 0);
    get("/code-lists/{list}/codes/{code}"::equals, 1, 0);
    get(path -> path.replace("/{code}", "").lastIndexOf('/') == 0, 1, 0);
  }

  private Budgets() {}

  private static void get(Predicate<String> path, int cold, int warm) {
    GETS.put(path, new Budget(cold, warm));
  }

  /**
   * Writes its budget into each description of a GET.
   *
   * @throws IllegalStateException if one has none
   */
  static void addTo(Paths paths) {
    paths
        .getPathItems()
        .forEach(
            (path, item) -> {
              Operation get = item.getGET();
              if (get != null) {
                Budget budget = of(path);
                get.addExtension(NAME, Map.of("cold", budget.cold(), "warm", budget.warm()));
              }
            });
  }

  private static Budget of(String path) {
    return GETS.entrySet().stream()
        .filter(entry -> entry.getKey().test(path.substring(ROOT.length())))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("GET " + path + " has no statement budget"));
  }
}
