package io.refdata.perf;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Sends requests at a constant rate, whether or not the earlier ones have been answered. */
public final class ConstantRate {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private ConstantRate() {}

  /**
   * Sends the requests in order.
   *
   * @return for each request the milliseconds from the time when it was due until its response was
   *     complete
   * @throws IllegalStateException if any response was an error
   */
  public static double[] millis(int perSecond, List<HttpRequest> requests) throws Exception {
    double[] millis = new double[requests.size()];
    List<CompletableFuture<Void>> responses = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < millis.length; i++) {
      int number = i;
      long due = start + TimeUnit.SECONDS.toNanos(i) / perSecond;
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      responses.add(
          HTTP.sendAsync(requests.get(i), BodyHandlers.ofByteArray())
              .thenAccept(
                  response -> {
                    millis[number] = (System.nanoTime() - due) / 1e6;
                    if (response.statusCode() >= 300) {
                      throw new IllegalStateException(response.toString());
                    }
                  }));
    }
    for (CompletableFuture<Void> response : responses) {
      response.get(1, TimeUnit.MINUTES);
    }
    return millis;
  }

  /** An edit of an item of any version. */
  public static HttpRequest edit(URI item, String mergePatch) {
    return HttpRequest.newBuilder(item)
        .header("Content-Type", "application/merge-patch+json")
        .header("If-Match", "*")
        .method("PATCH", BodyPublishers.ofString(mergePatch))
        .build();
  }

  /** A read as JSON. */
  public static HttpRequest.Builder read(URI uri) {
    return HttpRequest.newBuilder(uri).header("Accept", "application/json");
  }
}
