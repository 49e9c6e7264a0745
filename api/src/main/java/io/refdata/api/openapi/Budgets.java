package io.refdata.api.openapi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.Paths;

/**
 * The most SQL statements of each response, whatever its length. The description shows them as
 * {@code x-statements}, and a test checks them. {@code cold} is with all caches empty, {@code warm}
 * is when the same request was sent before and nothing has changed since. An {@code asOf} that was
 * not used lately, and a {@code count}, take one more each.
 */
final class Budgets {
  /** The name of a budget in the description. */
  static final String NAME = "x-statements";

  private static final String ROOT = "/api/v1";
  private static final Map<Predicate<String>, Budget> GETS = new LinkedHashMap<>();

  /** The most statements of a response, with empty caches and with filled ones. */
  record Budget(int cold, int warm) {}

  static {
    get(path -> path.endsWith("/history"), 2, 2);
    // One for each collection that the page has changes of.
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
   * Adds its budget to the description of each GET.
   *
   * @throws IllegalStateException if a GET has no budget
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
