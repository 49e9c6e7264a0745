package io.refdata.api.platform;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** What a first look needs to find there; put through the public API like any other data. */
final class Sample {
  private Sample() {}

  /** Loads the sample into the platform at this address; does nothing when it is there already. */
  static void load(URI platform) throws InterruptedException {
    var request = HttpRequest.newBuilder(platform.resolve("/health/ready")).build();
    try {
      var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new StartFailed("The platform is not ready: " + response.body());
      }
    } catch (IOException e) {
      throw new StartFailed("The sample could not be loaded: " + e.getMessage(), e);
    }
  }
}
