package io.refdata.api.openapi;

import io.refdata.api.route.Route;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.Paths;

/** The statement budgets of {@link Route} in the description, as {@code x-statements}. */
final class Budgets {
  /** The name of a budget in the description. */
  static final String NAME = "x-statements";

  private Budgets() {}

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
                Route.Budget budget = budget(path);
                get.addExtension(NAME, Map.of("cold", budget.cold(), "warm", budget.warm()));
              }
            });
  }

  private static Route.Budget budget(String path) {
    Route route = Route.of(path);
    Route.Budget budget = route == null ? null : route.budget();
    if (budget == null) {
      throw new IllegalStateException("GET " + path + " has no statement budget");
    }
    return budget;
  }
}
