package io.refdata.api.openapi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
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

  private static final Map<Pattern, Budget> GETS = new LinkedHashMap<>();

  /** A budget. */
  record Budget(int cold, int warm) {}

  static {
    get(".*/history", 2, 2);
    // One for each kind of thing that the page has changes of.
    get("/changes", 16, 16);
    get("/datasets", 1, 0);
    get("/datasets/\\{code}", 3, 0);
    get("/datasets/\\{code}/series/\\{key}/vintages", 5, 0);
    get("/datasets/\\{code}/.*", 5, 0);
    get("/layouts.*", 2, 2);
    get("/loads", 1, 1);
    get("/loads/\\{id}", 1, 1);
    get("/loads/\\{id}/rejects", 2, 2);
    get("/database/caches", 0, 0);
    get("/regions/\\{code}/(ancestors|descendants)", 2, 0);
    get("/code-lists/\\{list}/codes", 2, 0);
    get("/[a-z-]+(/\\{code})?|/code-lists/\\{list}/codes/\\{code}", 1, 0);
  }

  private Budgets() {}

  private static void get(String path, int cold, int warm) {
    GETS.put(Pattern.compile("/api/v1" + "(?:" + path + ")"), new Budget(cold, warm));
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
        .filter(entry -> entry.getKey().matcher(path).matches())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("GET " + path + " has no statement budget"));
  }
}
