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

/** Requests sent at a constant rate, whether or not those before have been answered. */
public final class ConstantRate {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private ConstantRate() {}

  /**
   * Sends them one after another.
   *
   * @return for each the milliseconds from when it was due until its answer was there
   * @throws IllegalStateException if any was answered with an error
   */
  public static double[] millis(int perSecond, List<HttpRequest> requests) throws Exception {
    double[] millis = new double[requests.size()];
    List<CompletableFuture<Void>> answers = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < millis.length; i++) {
      int number = i;
      long due = start + TimeUnit.SECONDS.toNanos(i) / perSecond;
      for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
        LockSupport.parkNanos(early);
      }
      answers.add(
          HTTP.sendAsync(requests.get(i), BodyHandlers.ofByteArray())
              .thenAccept(
                  answer -> {
                    millis[number] = (System.nanoTime() - due) / 1e6;
                    if (answer.statusCode() >= 300) {
                      throw new IllegalStateException(answer.toString());
                    }
                  }));
    }
    for (CompletableFuture<Void> answer : answers) {
      answer.get(1, TimeUnit.MINUTES);
    }
    return millis;
  }

  /** An edit of an item, whatever its version. */
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
