package io.refdata.api.front;

import static io.refdata.api.platform.Wire.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformForTests;
import io.refdata.api.platform.Wire;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A request beyond a bound is refused with a problem that says so; one within is not. */
@ArquillianTest
class BoundsIT {
  private static final String PUSH = "POST /api/v1/datasets/BOUNDED/observations";
  private static final String EDIT = "PUT /api/v1/providers/BOUNDED";

  private static boolean prepared;

  /** A bound, with what just fits and what is one too much. */
  private enum Bound {
    URL_CHARACTERS(
        414, 1_000_000 - "/api/v1/facilitiescode=".length(), n -> get("code=" + "x".repeat(n))),
    URL_PARAMETERS(400, 1_000, n -> get(joined(n, "&", i -> "p" + i + "=1"))),
    HEADERS_LINES(431, 200 - 3, n -> headers(n, "1")),
    HEADERS_CHARACTERS(431, 65_536 - 100, n -> headers(1, "x".repeat(n))),
    FILTER_REPETITIONS(400, 50, n -> get(joined(n, "&", i -> "capacityMw=gt:" + i))),
    FILTER_CHARACTERS(400, 1_000, n -> get("q=" + "x".repeat(n))),
    LISTS_LIMIT(400, 1_000, n -> get("limit=" + n)),
    DERIVATION_WINDOW(400, 100_000, n -> observations("transform=ma:" + n)),
    DERIVATION_HELD(400, 200_000, n -> observations("transform=lin&last=" + n)),
    CALCULATION_FUNCTIONS(400, 50, n -> calculation(n)),
    ROLLUPS_REGIONS(400, 50, n -> rollup(n)),
    PLACE_RADIUS(400, 1_000, n -> neighbours(n)),
    DOCUMENT_BYTES(413, 1 << 20, n -> edit(padded("{\"name\": \"Bounded\"}", n))),
    JSON_DEPTH(400, 1_000, n -> edit("{\"name\": " + "[".repeat(n - 1) + "]".repeat(n - 1) + "}")),
    JSON_NUMBER(400, 1_000, n -> edit("{\"name\": " + "1".repeat(n) + "}")),
    JSON_NAME(400, 50_000, n -> edit("{\"" + "x".repeat(n) + "\": 1}")),
    PUSH_BYTES(413, 16 << 20, n -> push(padded("[]", n))),
    PUSH_ROWS(413, 10_000, n -> push("[" + joined(n, ",", i -> "{}") + "]")),
    PUSH_ROW_CHARACTERS(413, (1 << 16) - 9, n -> push("[{\"x\": \"" + "y".repeat(n) + "\"}]"));

    private final int status;
    private final int most;
    private final IntFunction<Request> request;

    Bound(int status, int most, IntFunction<Request> request) {
      this.status = status;
      this.most = most;
      this.request = request;
    }
  }

  private record Request(String line, String body, String... headers) {
    Wire.Answer answer() throws IOException {
      return Wire.sendBody(line, body, headers);
    }
  }

  private static Request get(String query) {
    return new Request("GET /api/v1/facilities?" + query, "");
  }

  private static Request observations(String query) {
    return new Request("GET /api/v1/datasets/BOUNDED/observations?" + query, "");
  }

  private static Request calculation(int functions) {
    return new Request(
        "POST /api/v1/calculations",
        "{\"dataset\": \"BOUNDED\", \"key\": \"%s\", \"frequencies\": [\"A\"], \"functions\": [%s]}"
            .formatted(
                "BOUNDED",
                joined(functions, ",", i -> "{\"name\": \"ma\", \"n\": " + (i + 1) + "}")),
        "Content-Type: application/json");
  }

  private static Request rollup(int regions) {
    return new Request(
        "PUT /api/v1/datasets/BOUNDED_REGIONS/rollups/BOUNDED",
        "{\"frequency\": \"A\", \"aggregate\": {\"region\": [%s]}}"
            .formatted(joined(regions, ",", i -> "\"EU27\"")),
        "Content-Type: application/json");
  }

  private static Request neighbours(int kilometres) {
    return new Request(
        "PUT /api/v1/feature-sets/BOUNDED",
        "{\"name\": \"Bounded\", \"version\": 1, \"kind\": \"GEO_ENRICHMENT\", \"radiusKm\": %d}"
            .formatted(kilometres),
        "Content-Type: application/json");
  }

  private static Request headers(int count, String value) {
    String[] lines = new String[count];
    Arrays.setAll(lines, i -> "X-" + i + ": " + value);
    return new Request("GET /api/v1/regions/FRA", "", lines);
  }

  private static Request edit(String body) {
    return new Request(EDIT, body, "Content-Type: application/json");
  }

  private static Request push(String body) {
    return new Request(PUSH, body, "Content-Type: application/json");
  }

  private static String padded(String text, int length) {
    return text + " ".repeat(length - text.length());
  }

  private static String joined(int count, String between, IntFunction<String> each) {
    return IntStream.range(0, count).mapToObj(each).collect(Collectors.joining(between));
  }

  @ParameterizedTest
  @EnumSource(Bound.class)
  void oneTooMuchIsRefusedAndSaysSo(Bound bound) throws Exception {
    if (!prepared) {
      PlatformForTests.client().create("indicators/bounded", "{\"name\": \"Bounded\"}");
      PlatformForTests.client().yearly("BOUNDED", "indicator=indicators");
      PlatformForTests.client().yearly("BOUNDED_REGIONS", "region=regions");
      prepared = true;
    }
    Wire.Answer beyond = bound.request.apply(bound.most + 100).answer();
    JsonNode refusal = problem(beyond, bound.status);
    assertThat(refusal.toString()).hasSizeLessThan(20_000);
    Wire.Answer within = bound.request.apply(bound.most).answer();
    if (within.status() >= 400) { // for another reason
      assertThat(problem(within, within.status()).get("detail"))
          .isNotEqualTo(refusal.get("detail"));
    }
  }
}
