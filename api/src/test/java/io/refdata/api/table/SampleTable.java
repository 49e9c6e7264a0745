package io.refdata.api.table;

import de.siegmar.fastcsv.reader.CsvReader;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A small dataset with everything that is easily lost on the way into a table. */
final class SampleTable {
  static final String OBSERVATIONS = "datasets/TABLES/observations";

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String YEARLY =
      """
      {"name": "Tables", "provider": "TABLES", "frequency": "A",
       "dimensions": [{"code": "%s", "values": "%s"}],
       "partitioning": {"interval": "DECADE"}, "unknownCodes": "%s"}\
      """;

  private SampleTable() {}

  static void fill() throws Exception {
    create(
        "providers/TABLES", "{\"name\": \"=1+1, \\\"quoted\\\" é\", \"licence\": \"CC-BY-4.0\"}");
    create("datasets/TABLES", YEARLY.formatted("region", "regions", "REJECT"));
    push(
        """
        [{"region": "DEU", "time": "2019", "value": 1e-7}, {"region": "DEU", "time": "2020", "value": 2},
         {"region": "FRA", "time": "2018", "value": 1.5},
         {"region": "FRA", "time": "2019", "value": null, "status": "M"},
         {"region": "FRA", "time": "2020", "value": 3},
         {"region": "ITA", "time": "2020", "value": 0.1}, {"region": "ITA", "time": "1999", "value": 1e300}]\
        """);
  }

  static void manySeries(int count) throws Exception {
    create("code-lists/TABLES_MANY", "{\"name\": \"Many\"}");
    create("datasets/TABLES_MANY", YEARLY.formatted("code", "code-lists/TABLES_MANY", "CREATE"));
    String rows =
        IntStream.rangeClosed(1, count)
            .mapToObj(i -> "{\"code\": \"C" + i + "\", \"time\": \"2020\", \"value\": 1}")
            .collect(Collectors.joining(",", "[", "]"));
    send("POST", "datasets/TABLES_MANY/observations", rows);
  }

  private static void create(String path, String body) throws Exception {
    send("PUT", path, body);
  }

  static void push(String rows) throws Exception {
    send("POST", OBSERVATIONS, rows);
  }

  static URI uri(String path) {
    return URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/api/v1/" + path);
  }

  private static HttpResponse<byte[]> send(String method, String path, String body)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    request
        .method(method, BodyPublishers.ofString(body))
        .header("Content-Type", "application/json");
    return HTTP.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> answer(String path) throws Exception {
    return HTTP.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofByteArray());
  }

  static byte[] get(String path) throws Exception {
    return answer(path).body();
  }

  static int status(String path) throws Exception {
    return answer(path).statusCode();
  }

  /** The lines of CSV, the header first, with bars between the cells. */
  static List<String> csv(String path) throws Exception {
    String text =
        new String(
            get(path + (path.contains("?") ? "&" : "?") + "format=csv"), StandardCharsets.UTF_8);
    try (var lines = CsvReader.builder().ofCsvRecord(text)) {
      return lines.stream().map(line -> String.join("|", line.getFields())).toList();
    }
  }
}
