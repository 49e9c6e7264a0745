package io.refdata.api.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who sends a request: mostly somebody who may do everything, else the bearer of a token of some
 * role, of a token that is none, or nobody.
 *
 * @param tokens of one role each
 * @param all of every role; empty if nobody needs a token
 */
record Callers(List<String> tokens, String all) {
  private static final String SUFFIX = ".jwt";

  /** The file of the token that has every role. */
  private static final String ALL = "all" + SUFFIX;

  /** Of a server that asks nobody for a token. */
  static Callers nobody() {
    return new Callers(List.of(), "");
  }

  /** The tokens of a directory: {@code reader.jwt} and so on, and {@code all.jwt}. */
  static Callers in(Path directory) throws IOException {
    List<String> tokens = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(SUFFIX) && !name.equals(ALL)) {
          tokens.add(Files.readString(file).strip());
        }
      }
    }
    return new Callers(List.copyOf(tokens), Files.readString(directory.resolve(ALL)).strip());
  }

  /** Whether requests without the right token are refused. */
  boolean areAsked() {
    return !all.isEmpty();
  }

  /** A request as somebody sends it; the same one if nobody needs a token. */
  Attempt send(Attempt attempt, Chance chance) {
    if (!areAsked()
        || attempt.headers().stream().anyMatch(header -> header.startsWith("Authorization"))) {
      return attempt;
    }
    List<String> headers = new ArrayList<>(attempt.headers());
    int kind = chance.below(100);
    if (kind < 80) {
      headers.add("Authorization: Bearer " + all);
    } else if (kind < 92) {
      headers.add("Authorization: Bearer " + chance.of(tokens));
    } else if (kind < 97) {
      int cut = chance.below(all.length());
      headers.add("Authorization: Bearer " + all.substring(0, cut) + chance.of("", "x", ".", "="));
    }
    return new Attempt(
        attempt.number(),
        attempt.operation(),
        attempt.method(),
        attempt.target(),
        headers,
        attempt.body(),
        attempt.broken());
  }
}
