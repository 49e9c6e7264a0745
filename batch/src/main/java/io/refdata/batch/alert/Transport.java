package io.refdata.batch.alert;

import io.refdata.persistence.alert.AlertMessage;
import io.refdata.persistence.alert.Delivery;
import io.refdata.persistence.alert.Receiver;
import io.refdata.settings.Setting;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends one delivery by HTTP. It holds no thread while it waits, follows no redirect and reads no
 * body of an answer.
 */
final class Transport {
  /** Alertmanager forgets an open alert that it was not told of in this number of repeats. */
  private static final int REPEATS = 4;

  private final HttpClient client;
  private final @Nullable Signature signature;
  private final Duration answer;

  Transport(Executor executor) {
    this(
        executor,
        Setting.ALERTS_SECRET.text(),
        Setting.ALERTS_CONNECT_WAIT.time(),
        Setting.ALERTS_ANSWER_WAIT.time());
  }

  Transport(Executor executor, String secret, Duration connect, Duration answer) {
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(connect)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .executor(executor)
            .build();
    this.signature = secret.isEmpty() ? null : new Signature(secret);
    this.answer = answer;
  }

  /** When Alertmanager forgets an open alert that it is told of now. */
  static Instant end(Instant now) {
    return now.plus(Setting.ALERTS_REPEAT.time().multipliedBy(REPEATS));
  }

  /** Sends it; the result is the status of the answer. */
  CompletableFuture<Integer> send(Receiver receiver, Delivery delivery) {
    HttpRequest.Builder request = request(receiver);
    if (receiver.kind() == Receiver.Kind.ALERTMANAGER) {
      return send(request, AlertMessage.until(delivery.body(), end(Instant.now())));
    } else if (signature == null) {
      throw new IllegalStateException("There is no secret to sign webhooks with");
    }
    String id = "msg_" + delivery.id();
    Instant now = Instant.now();
    request
        .header("webhook-id", id)
        .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
        .header("webhook-signature", signature.of(id, now, delivery.body()));
    return send(request, delivery.body());
  }

  /** Tells an Alertmanager again of open alerts. */
  CompletableFuture<Integer> repeat(Receiver alertmanager, String body) {
    return send(request(alertmanager), body);
  }

  private HttpRequest.Builder request(Receiver receiver) {
    return HttpRequest.newBuilder(receiver.address())
        .timeout(answer)
        .header("Content-Type", "application/json")
        .header("User-Agent", "refdata");
  }

  private CompletableFuture<Integer> send(HttpRequest.Builder request, String body) {
    // The timeout of a request ends with the header of the answer; this one ends with the answer.
    return client
        .sendAsync(request.POST(BodyPublishers.ofString(body)).build(), BodyHandlers.discarding())
        .orTimeout(answer.toMillis() * 2, TimeUnit.MILLISECONDS)
        .thenApply(HttpResponse::statusCode);
  }
}
