package io.refdata.perf.rival;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.util.ArrayList;
import java.util.List;

/**
 * One event loop of the rival. It answers three of the platform's addresses with the same bytes,
 * each by prepared statements on connections of its own, which it pipelines. It checks no
 * parameter, caches no response and knows no other address.
 *
 * <p>Its configuration: {@code port}, {@code connections} (of each event loop), {@code host},
 * {@code databasePort}, {@code database}, {@code user}, {@code password}, {@code dataset} (the id
 * of the dataset whose series it gives).
 */
@SuppressWarnings("NullAway.Init")
final class VertxRival extends AbstractVerticle {
  private static final int PIPELINED = 256;
  private static final String FACILITIES = "/api/v1/facilities";
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

  /** The objects that answer requests over one database connection. */
  private record Answers(FacilityAnswers facilities, SeriesAnswers series) {}

  private final List<Answers> connections = new ArrayList<>();
  private int turn;

  @Override
  public void start(Promise<Void> started) {
    Future<Void> connected = Future.succeededFuture();
    for (int i = 0; i < config().getInteger("connections"); i++) {
      connected = connected.compose(before -> connect());
    }
    connected
        .compose(
            all ->
                vertx
                    .createHttpServer()
                    .requestHandler(this::answer)
                    .listen(config().getInteger("port"), "127.0.0.1"))
        .<Void>mapEmpty()
        .onComplete(started);
  }

  private Future<Void> connect() {
    JsonObject config = config();
    PgConnectOptions options =
        new PgConnectOptions()
            .setHost(config.getString("host"))
            .setPort(config.getInteger("databasePort"))
            .setDatabase(config.getString("database"))
            .setUser(config.getString("user"))
            .setPassword(config.getString("password"))
            .setCachePreparedStatements(true)
            .setPipeliningLimit(PIPELINED);
    return PgConnection.connect(vertx, options)
        .compose(
            connection ->
                FacilityAnswers.prepare(connection)
                    .map(
                        facilities ->
                            connections.add(
                                new Answers(
                                    facilities,
                                    new SeriesAnswers(connection, config.getInteger("dataset"))))))
        .mapEmpty();
  }

  private void answer(HttpServerRequest request) {
    turn = (turn + 1) % connections.size();
    Answers answers = connections.get(turn);
    String path = request.path();
    Future<Buffer> body;
    if (path.equals(FACILITIES)) {
      body = answers.facilities().page();
    } else if (path.startsWith(FACILITIES)) {
      body = answers.facilities().item(path.substring(FACILITIES.length() + 1));
    } else {
      body =
          answers
              .series()
              .year(request.getParam("key"), request.getParam("from"), request.getParam("to"));
    }
    body.onSuccess(bytes -> request.response().putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(bytes))
        .onFailure(failure -> request.response().setStatusCode(500).end(failure.toString()));
  }
}
