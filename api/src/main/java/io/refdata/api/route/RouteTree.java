package io.refdata.api.route;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The routes by the segments of their addresses: a name goes before a variable, if an address goes
 * on so. {@code {collection}} is one name for each collection.
 */
final class RouteTree {
  private static final RouteTree ROOT = ofAllRoutes();

  private final Map<String, RouteTree> names = new HashMap<>();
  private @Nullable RouteTree variable;
  private @Nullable Route route;

  private RouteTree() {}

  private static RouteTree ofAllRoutes() {
    RouteTree root = new RouteTree();
    for (Route route : Route.values()) {
      if (route.template().startsWith("{collection}")) {
        for (ItemType<?> type : Catalogue.all()) {
          // Codes are below their code list.
          if (type != Catalogue.CODES) {
            root.add(route.template().replace("{collection}", type.collection()), route);
          }
        }
      } else {
        root.add(route.template(), route);
      }
    }
    return root;
  }

  private void add(String template, Route added) {
    RouteTree node = this;
    for (String segment : template.split("/", -1)) {
      node = node.below(segment);
    }
    node.route = added;
  }

  private RouteTree below(String segment) {
    if (segment.startsWith("{")) {
      if (variable == null) {
        variable = new RouteTree();
      }
      return variable;
    }
    return names.computeIfAbsent(segment, name -> new RouteTree());
  }

  /**
   * The route of a path.
   *
   * @param path without {@link Route#ROOT}
   * @return null if there is nothing at that path
   */
  static @Nullable Route find(String path) {
    return ROOT.find(path.split("/", -1), 0);
  }

  private @Nullable Route find(String[] segments, int next) {
    if (next == segments.length) {
      return route;
    }
    String segment = decoded(segments[next]);
    RouteTree named = names.get(segment);
    Route found = named == null ? null : named.find(segments, next + 1);
    return found == null && variable != null && !segment.isEmpty()
        ? variable.find(segments, next + 1)
        : found;
  }

  /** A name can be written with escapes; a resource is found by it as it is without them. */
  private static String decoded(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return segment; // it is refused for its form
    }
  }
}
