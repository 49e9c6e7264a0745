package io.refdata.perf;

import io.refdata.perf.gate.Scale;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The load generator wrk (a package of Debian): sends as many requests as possible, and reports the
 * rate.
 *
 * @param connections how many requests there are at a time
 * @param script a Lua script that makes the requests; empty for the same request again and again
 */
record Wrk(int connections, Optional<Path> script) {
  private static final Path PROGRAM = Path.of("/usr/bin/wrk");
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
  private static final int MAX_ROUNDS = 6;
  private static final double STILL_FASTER = 1.05;

  /** The same request again and again, on a number of connections. */
  static Wrk with(int connections) {
    return new Wrk(connections, Optional.empty());
  }

  /**
   * Requests that differ by their number.
   *
   * @param file where the script is written
   * @param path a Lua expression for the path of request {@code n}, which counts from 0
   */
  static Wrk counting(int connections, Path file, String path) throws IOException {
    String script =
        """
        local n = -1
        request = function()
          n = n + 1
          return wrk.format("GET", %s)
        end
        """;
    return new Wrk(connections, Optional.of(Files.writeString(file, script.formatted(path))));
  }

  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  /**
   * Requests per second at saturation.
   *
   * @param headers such as {@code Accept: text/csv}
   * @throws IllegalStateException if any response was an error, or was missing
   */
  double rate(URI url, int seconds, String... headers) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                PROGRAM.toString(),
                "-t1",
                "-c" + connections,
                "-d" + seconds + "s",
                "--latency",
                "--timeout",
                "30s"));
    script.ifPresent(file -> command.addAll(List.of("-s", file.toString())));
    for (String header : headers) {
      command.add("-H" + header);
    }
    command.add(url.toString());
    String output = run(command);
    Matcher rate = RATE.matcher(output);
    if (output.contains("Non-2xx") || output.contains("Socket errors") || !rate.find()) {
      throw new IllegalStateException(url + "\n" + output);
    }
    return Double.parseDouble(rate.group(1));
  }

  /** Sends requests until the rate no longer rises: the server compiles hot code meanwhile. */
  void warmUp(URI url, int seconds, String... headers) throws IOException, InterruptedException {
    double before = 0;
    double rate = rate(url, seconds, headers);
    for (int i = 0; i < MAX_ROUNDS && !Scale.isSmall() && rate > STILL_FASTER * before; i++) {
      before = rate;
      rate = rate(url, seconds, headers);
    }
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (wrk.waitFor() != 0) {
      throw new IllegalStateException(output);
    }
    return output;
  }
}
