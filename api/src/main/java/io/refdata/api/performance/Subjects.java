package io.refdata.api.performance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The data that a run asks for, all of it there.
 *
 * @param items the paths of facilities, the same for each run while none is added; empty if there
 *     are none
 * @param year null if no dataset has observations
 */
record Subjects(List<String> items, @Nullable Year year) {
  /** A page of facilities with all that can be embedded. */
  static final String EXPANDED = "facilities?limit=50&expand=region,organization,emissionSources";

  /** The same page as it is. */
  static final String PLAIN = "facilities?limit=50";

  private static final int DIGITS = 4;

  /**
   * The last year of a series.
   *
   * @param dataset the code of its dataset
   * @param path of the observations, with parameters
   */
  record Year(String dataset, int year, String path) {}

  Subjects {
    items = List.copyOf(items);
  }

  static Subjects find(OwnRequests requests) throws IOException {
    List<String> items = new ArrayList<>();
    for (JsonNode item : requests.read(PLAIN + "&fields=code").path("items")) {
      items.add("facilities/" + encoded(item.path("code").asText()));
    }
    return new Subjects(items, year(requests).orElse(null));
  }

  /** Of daily values, if there are some. */
  private static Optional<Year> year(OwnRequests requests) throws IOException {
    List<JsonNode> datasets =
        StreamSupport.stream(
                requests.read("datasets?limit=1000").path("items").spliterator(), false)
            .sorted(
                Comparator.comparing(dataset -> !dataset.path("frequency").asText().equals("D")))
            .toList();
    for (JsonNode dataset : datasets) {
      String code = dataset.path("code").asText();
      String path = "datasets/" + encoded(code);
      JsonNode series = requests.read(path + "/series?limit=1").at("/items/0");
      String last = series.path("last").asText("");
      if (last.length() >= DIGITS) {
        String year = last.substring(0, DIGITS);
        String key = encoded(series.path("key").asText());
        return Optional.of(
            new Year(
                code,
                Integer.parseInt(year),
                path + "/observations?key=" + key + "&from=" + year + "&to=" + year));
      }
    }
    return Optional.empty();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
