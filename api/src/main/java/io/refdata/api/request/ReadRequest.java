package io.refdata.api.request;

import io.refdata.api.route.Route;
import io.undertow.server.HttpServerExchange;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A GET, decoded: its path and its parameters.
 *
 * @param path the path below {@link Route#ROOT}, with a slash before it
 * @param names the names in the path
 * @param parameters the values of each parameter of its URL
 */
public record ReadRequest(String path, List<String> names, Map<String, List<String>> parameters) {

  /** The decoded form of a request for a path below the root. */
  public static ReadRequest of(HttpServerExchange exchange) {
    String path = exchange.getRequestPath().substring(Route.ROOT.length() - 1);
    List<String> names = new ArrayList<>();
    for (String name : path.substring(1).split("/", -1)) {
      names.add(decodedName(name));
    }
    return new ReadRequest(
        "/" + String.join("/", names), names, parameters(exchange.getQueryString()));
  }

  private static String decodedName(String name) {
    return name.indexOf('%') < 0 ? name : URI.create("/" + name).getPath().substring(1);
  }

  /** The parameters of a query in which all escapes are valid. */
  public static Map<String, List<String>> parameters(String query) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    int begin = 0;
    while (begin < query.length()) {
      int ampersand = query.indexOf('&', begin);
      int end = ampersand < 0 ? query.length() : ampersand;
      int equals = query.indexOf('=', begin);
      boolean hasValue = equals >= 0 && equals < end;
      String name = decoded(query.substring(begin, hasValue ? equals : end));
      String value = hasValue ? decoded(query.substring(equals + 1, end)) : "";
      parameters.computeIfAbsent(name, first -> new ArrayList<>(1)).add(value);
      begin = end + 1;
    }
    return parameters;
  }

  private static String decoded(String text) {
    return text.indexOf('%') < 0 && text.indexOf('+') < 0
        ? text
        : URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** The name in the path at a position, from 0 on. */
  public String name(int position) {
    return names.get(position);
  }

  /** Whether a parameter is given. */
  public boolean has(String parameter) {
    return parameters.containsKey(parameter);
  }
}
