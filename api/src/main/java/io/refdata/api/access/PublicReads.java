package io.refdata.api.access;

import io.refdata.api.request.ReadRequest;
import io.refdata.api.request.SeriesAddress;
import io.refdata.api.route.Route;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.server.End;
import io.refdata.settings.Setting;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The reads that need no role: public collections, and public datasets. */
final class PublicReads {
  private static final Set<Route> OF_ITEMS =
      Set.of(
          Route.LIST,
          Route.ITEM,
          Route.HISTORY,
          Route.CODES,
          Route.CODE,
          Route.CODE_HISTORY,
          Route.DESCENDANTS,
          Route.ANCESTORS);
  private static final Set<Route> OF_DATASET =
      Set.of(
          Route.DATASET,
          Route.DATASET_HISTORY,
          Route.SERIES,
          Route.VINTAGES,
          Route.OBSERVATIONS,
          Route.OBSERVATION_QUERY);

  /** It shows items of other collections whole. */
  private static final String EXPAND = "expand";

  /** The parameters of observations whose values begin with the code of another dataset. */
  private static final List<String> WEIGHTS = List.of("weight");

  /** The same of a comparison. */
  private static final List<String> COMPARED = List.of("series", "forecast", "actual");

  private final Set<String> collections = collections(Setting.ACCESS_PUBLIC_COLLECTIONS.text());

  private static Set<String> collections(String names) {
    Set<String> collections =
        Arrays.stream(names.split(",")).filter(name -> !name.isEmpty()).collect(Collectors.toSet());
    Set<String> known =
        Catalogue.all().stream().map(ItemType::collection).collect(Collectors.toSet());
    for (String name : collections) {
      if (!known.contains(name)) {
        End.because(
            "%s=%s: there is no collection %s"
                .formatted(Setting.ACCESS_PUBLIC_COLLECTIONS.property(), names, name));
      }
    }
    return collections;
  }

  private static boolean isRead(Route route, HttpString method) {
    return method.equals(Methods.GET)
        || method.equals(Methods.HEAD)
        || route == Route.OBSERVATION_QUERY && method.equals(Methods.POST);
  }

  /** Whether a request reads a public collection, and nothing of others but their names. */
  boolean isOfPublicCollection(@Nullable Route route, HttpServerExchange exchange) {
    if (collections.isEmpty()
        || route == null
        || !OF_ITEMS.contains(route)
        || !isRead(route, exchange.getRequestMethod())) {
      return false;
    }
    ReadRequest request = ReadRequest.of(exchange);
    return collections.contains(request.name(0)) && !request.has(EXPAND);
  }

  /**
   * The codes of the datasets that a request reads, by its address and by the parameters that name
   * further ones; none if it reads none.
   */
  Set<String> datasetsOf(@Nullable Route route, HttpServerExchange exchange) {
    if (route == null || !isRead(route, exchange.getRequestMethod())) {
      return Set.of();
    }
    ReadRequest request = ReadRequest.of(exchange);
    Set<String> datasets = new HashSet<>();
    if (OF_DATASET.contains(route)) {
      datasets.add(request.name(1));
    } else if (route != Route.COMPARISON) {
      return Set.of();
    }
    for (String parameter : naming(route, request)) {
      for (String value : request.parameters().getOrDefault(parameter, List.of())) {
        datasets.add(SeriesAddress.dataset(value));
      }
    }
    return datasets;
  }

  /** Without aggregate, weight is a dimension, or a fault. */
  private static List<String> naming(Route route, ReadRequest request) {
    if (route == Route.COMPARISON) {
      return COMPARED;
    }
    return request.parameters().containsKey("aggregate") ? WEIGHTS : List.of();
  }
}
