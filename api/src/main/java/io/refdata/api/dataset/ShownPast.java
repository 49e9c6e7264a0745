package io.refdata.api.dataset;

import io.refdata.api.access.Caller;
import io.refdata.api.route.Route;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.dataset.DatasetCache;
import io.refdata.persistence.dataset.PastDatasets;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Objects;

/**
 * The part of the past of a dataset's code that its caller may see. Who reads a public dataset
 * without a role sees the past of that dataset, and not that of another one which had its code
 * before, and which may not have been public.
 */
@ApplicationScoped
public class ShownPast {
  @Inject private DatasetCache datasets;
  @Inject private PastDatasets past;

  /** Whether the caller sees the past of all datasets that had the code. */
  public static boolean isWhole() {
    return isWhole(ServletRequestContext.requireCurrent().getExchange());
  }

  /** Whether the caller of a request sees it. */
  public static boolean isWhole(HttpServerExchange exchange) {
    return Caller.of(exchange).mayRead(Route.DATASET);
  }

  /**
   * The revision of the reference data with which it begins; 0 if it is whole.
   *
   * @throws NoSuchItem if it is not whole, and there is no dataset with the code
   */
  public int since(Code code) {
    if (isWhole()) {
      return 0;
    }
    Dataset dataset =
        datasets.find(code).orElseThrow(() -> new NoSuchItem("datasets", code.value()));
    return past.created(Objects.requireNonNull(dataset.id()));
  }
}
