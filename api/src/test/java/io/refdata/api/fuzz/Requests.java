package io.refdata.api.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.fuzz.Operation.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes requests: the same number of the same seed is the same request. Half are right but for one
 * part, some are wholly right, some wrong in several parts or no HTTP at all.
 *
 * @param cursors real ones, of lists that have a second page
 * @param callers who sends them
 */
record Requests(
    long seed, List<Operation> operations, Map<Operation, String> cursors, Callers callers) {
  /** A connection that sends more than this before its request is known is cut off. */
  private static final int MOST_BEFORE_KNOWN = 1_300_000;

  private static final byte[] NOTHING = new byte[0];

  Attempt request(int number) {
    Chance chance = new Chance(seed, number);
    return callers.send(request(chance, number), chance);
  }

  private Attempt request(Chance chance, int number) {
    int kind = chance.below(100);
    Operation operation = chance.of(operations);
    if (kind < 12) {
      return foreign(chance, number);
    } else if (kind < 18) {
      return broken(chance, number, operation);
    } else if (kind < 26 && cursors.containsKey(operation)) {
      return withCursor(chance, number, operation);
    }
    return described(chance, number, operation, kind < 40 ? 0 : kind < 85 ? 1 : 3);
  }

  /** Of no operation, whatever comes back. */
  private static Attempt foreign(Chance chance, int number) {
    String method = chance.percent(40) ? "GET" : Targets.method(chance);
    List<String> headers = headers();
    if (chance.percent(30)) {
      headers.add(Heads.odd(chance));
      headers.add(Heads.accept(chance));
    }
    headers.add("Content-Length: 0");
    return new Attempt(number, null, method, Targets.target(chance), headers, NOTHING, false);
  }

  private Attempt broken(Chance chance, int number, Operation operation) {
    Attempt right = described(chance, number, operation, 0);
    List<String> headers = headers();
    headers.addAll(Heads.broken(chance));
    operation.bodies().keySet().stream()
        .findFirst()
        .ifPresent(type -> headers.add("Content-Type: " + type));
    return new Attempt(
        number, operation, right.method(), right.target(), headers, right.body(), true);
  }

  private Attempt withCursor(Chance chance, int number, Operation operation) {
    String cursor = Cursors.forged(chance, cursors.getOrDefault(operation, ""));
    String target = path(chance, operation, -1) + "?limit=1&after=" + cursor;
    return new Attempt(number, operation, operation.method(), target, headers(), NOTHING, false);
  }

  /**
   * Of an operation.
   *
   * @param wrong about how many parts of it are
   */
  private Attempt described(Chance chance, int number, Operation operation, int wrong) {
    int parts = operation.parameters().size() + 3;
    List<Integer> wrongs = new ArrayList<>();
    for (int i = 0; i < wrong; i++) {
      wrongs.add(chance.below(parts));
    }
    List<String> headers = headers();
    StringBuilder query = new StringBuilder();
    int path = -1;
    for (int i = 0; i < operation.parameters().size(); i++) {
      Parameter parameter = operation.parameters().get(i);
      if (parameter.in().equals("path")) {
        path = wrongs.contains(i) ? i : path;
      } else if (parameter.in().equals("header")) {
        header(chance, parameter, wrongs.contains(i), headers);
      } else {
        query(chance, parameter, wrongs.contains(i), query);
      }
    }
    boolean oddHead = wrongs.contains(parts - 1);
    if (oddHead) {
      headers.add(Heads.odd(chance));
    }
    headers.add(oddHead || chance.percent(10) ? Heads.accept(chance) : "Accept: */*");
    byte[] body =
        body(chance, operation, wrongs.contains(parts - 2), wrongs.contains(parts - 3), headers);
    String method =
        operation.method().equals("GET") && chance.percent(8) ? "HEAD" : operation.method();
    String target = path(chance, operation, path) + query;
    if (chance.percent(3)) {
      target = "http://localhost" + target;
    }
    return new Attempt(
        number, operation, method, target, headers, body, target.length() > MOST_BEFORE_KNOWN);
  }

  private static void header(
      Chance chance, Parameter parameter, boolean wrong, List<String> headers) {
    if (wrong) {
      for (int i = 0; i <= chance.below(2); i++) {
        String text = Texts.hostile(chance, parameter.example());
        headers.add(parameter.name() + ": " + Encoding.inHeader(text));
      }
    } else if (chance.percent(50)) {
      headers.add(
          parameter.name() + ": " + Texts.right(chance, parameter.name(), parameter.example()));
    }
  }

  private static void query(
      Chance chance, Parameter parameter, boolean wrong, StringBuilder query) {
    if (!wrong && chance.percent(85)) {
      return;
    }
    int times = wrong && chance.percent(15) ? chance.of(2, 3, 50) : 1;
    for (int i = 0; i < times; i++) {
      String value = Texts.right(chance, parameter.name(), parameter.example());
      if (wrong) {
        value =
            times == 1 && chance.percent(4)
                ? Texts.tooMany(chance, parameter.example())
                : Texts.hostile(chance, parameter.example());
      }
      query
          .append(query.isEmpty() ? '?' : '&')
          .append(parameter.name())
          .append('=')
          .append(Encoding.inUrl(chance, value));
    }
  }

  private static String path(Chance chance, Operation operation, int wrong) {
    String path = operation.path();
    for (int i = 0; i < operation.parameters().size(); i++) {
      Parameter parameter = operation.parameters().get(i);
      if (parameter.in().equals("path")) {
        String value =
            i == wrong
                ? Texts.hostile(chance, parameter.example())
                : parameter.name().equals("code") && chance.percent(80)
                    ? parameter.example()
                    : Texts.right(chance, parameter.name(), parameter.example());
        path = path.replace("{" + parameter.name() + "}", Encoding.inUrl(chance, value));
      }
    }
    return path;
  }

  private static byte[] body(
      Chance chance, Operation operation, boolean wrong, boolean wrongType, List<String> headers) {
    if (operation.bodies().isEmpty()) {
      return NOTHING;
    }
    Map.Entry<String, JsonNode> read = chance.of(List.copyOf(operation.bodies().entrySet()));
    JsonNode example = read.getValue();
    byte[] body = Bodies.right(example);
    if (wrong) {
      body = chance.percent(5) ? Bodies.twice(example) : Bodies.hostile(chance, example);
    }
    headers.add(wrongType ? Heads.contentType(chance) : "Content-Type: " + read.getKey());
    if (wrongType && chance.percent(20)) {
      headers.add("Content-Encoding: " + chance.of("gzip", "identity", "br", "", "gzip, gzip"));
    }
    headers.add("Content-Length: " + body.length);
    return body;
  }

  private static List<String> headers() {
    return new ArrayList<>(List.of("Host: localhost", "Connection: close"));
  }
}
