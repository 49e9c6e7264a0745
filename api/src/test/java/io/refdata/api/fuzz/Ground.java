package io.refdata.api.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.fuzz.Operation.Parameter;
import io.refdata.api.platform.PlatformClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;

/** The data that the requests are about: all that the examples of the description name is there. */
final class Ground {
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI server;
  private final String token;

  /**
   * @param token of somebody who may do everything
   */
  Ground(URI server, String token) {
    this.server = server;
    this.token = token;
  }

  Description description() throws IOException, InterruptedException {
    return new Description(get("/openapi?format=json").body());
  }

  /** Makes it. */
  void prepare() throws IOException, InterruptedException {
    PlatformClient client = new PlatformClient(server, token);
    client.create("providers/OWID", "{\"name\": \"Our World in Data\"}");
    client.create("organizations/EDF", "{\"name\": \"EDF\", \"region\": {\"code\": \"FRA\"}}");
    client.create("indicators/co2", "{\"name\": \"Emissions\", \"unit\": {\"code\": \"MT\"}}");
    client.create("instruments/BRENT", "{\"name\": \"Brent\", \"kind\": \"OIL\"}");
    for (String plant : new String[] {"GEODB0002154", "CORDEMAIS", "OTHER"}) {
      client.create(
          "facilities/" + plant,
          "{\"name\": \"%s\", \"kind\": \"POWER_PLANT\", \"region\": {\"code\": \"FRA\"}, \"fuel\": \"HYDRO\"}"
              .formatted(plant));
    }
    client.create(
        "emission-sources/CORDEMAIS_4",
        "{\"name\": \"Unit 4\", \"facility\": {\"code\": \"CORDEMAIS\"}, \"scope\": 1, \"gas\":"
            + " \"CO2\"}");
    client.yearly("CO2", "region=regions", "indicator=indicators");
    client.create(
        "layouts/co2",
        "{\"into\": \"datasets/CO2\", \"time\": {\"column\": \"year\", \"pattern\": \"yyyy\"},"
            + " \"dimensions\": {\"region\": {\"column\": \"iso_code\"}, \"indicator\":"
            + " {\"header\": true}}}");
    StringBuilder csv = new StringBuilder("iso_code,year,co2\n");
    for (String region : new String[] {"FRA", "DEU", "GBR"}) {
      for (int year = 1990; year < 2020; year++) {
        csv.append(region).append(',').append(year).append(",1.5\n");
      }
    }
    client.load("layout=co2", BodyPublishers.ofString(csv.toString()));
    client.load("layout=co2&maxRejectRatio=1", BodyPublishers.ofString(csv + "XXX,2019,1\n"));
  }

  /** A cursor of each list that has a second page. */
  Map<Operation, String> cursors(Description description) throws IOException, InterruptedException {
    Map<Operation, String> cursors = new LinkedHashMap<>();
    for (Operation operation : description.operations()) {
      if (operation.parameters().stream().anyMatch(parameter -> parameter.name().equals("after"))) {
        String path = operation.path();
        for (Parameter parameter : operation.parameters()) {
          path = path.replace("{" + parameter.name() + "}", parameter.example());
        }
        HttpResponse<String> answer = get(path + "?limit=1");
        JsonNode next =
            answer.statusCode() == 200
                ? Bodies.parsed(answer.body()).path("next")
                : Bodies.parsed("null");
        if (next.isTextual()) {
          cursors.put(operation, next.asText());
        }
      }
    }
    return cursors;
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(server.resolve(path))
            .header("Accept", "application/json")
            .header("Authorization", "Bearer " + token)
            .build(),
        BodyHandlers.ofString());
  }
}
