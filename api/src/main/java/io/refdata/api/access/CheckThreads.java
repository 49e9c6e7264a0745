package io.refdata.api.access;

import io.refdata.settings.Setting;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.api.ThreadSetupHandler.Action;
import io.undertow.servlet.spec.ServletContextImpl;
import jakarta.servlet.ServletContext;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The threads that find out what the I/O thread does not know. They are their own, so that a
 * request waits here for no other work, and no other work waits for credentials that nobody has
 * seen before. Only so many requests can wait ({@code refdata.access.checks.*}); others get 503 at
 * once.
 */
final class CheckThreads {
  private static final Logger LOG = Logger.getLogger(CheckThreads.class);
  private static final int AT_A_TIME = (int) Setting.ACCESS_CHECKS_AT_A_TIME.number();
  private static final int WAITING = (int) Setting.ACCESS_CHECKS_WAITING.number();
  private static final int IDLE_SECONDS = 60;
  private static final String BUSY = "Too many callers are being checked now.";
  private static final String AWAY = "It cannot be checked now who calls.";

  private final ServletContextImpl context;
  private final Semaphore places = new Semaphore(AT_A_TIME + WAITING);

  /** Its threads end by themselves when they are idle, so it needs no shutdown. */
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          AT_A_TIME,
          AT_A_TIME,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          task -> new Thread(task, "access"));

  private volatile @Nullable Action<HttpHandler, Look> looking;

  CheckThreads(ServletContext context) {
    this.context = (ServletContextImpl) context;
    threads.allowCoreThreadTimeOut(true);
  }

  /** Finds something out, and says how the request goes on, in the I/O thread. */
  interface Look {
    HttpHandler look() throws CheckUnavailable;
  }

  /** Has a thread look, and goes on with the request in its I/O thread. */
  void handle(HttpServerExchange exchange, Look look) {
    if (!places.tryAcquire()) {
      Refusal.unavailable(exchange, BUSY);
      return;
    }
    Executor executor = threads;
    exchange.dispatch(
        executor,
        waiting -> {
          HttpHandler following;
          try {
            following = call(waiting, look);
          } finally {
            places.release();
          }
          waiting.dispatch(waiting.getIoThread(), following);
        });
  }

  private HttpHandler call(HttpServerExchange exchange, Look look) throws Exception {
    try {
      return setUp().call(exchange, look);
    } catch (CheckUnavailable e) {
      LOG.debugf(e, "A caller could not be checked");
      return refused -> Refusal.unavailable(refused, AWAY);
    } catch (RuntimeException e) {
      LOG.warnf("A caller could not be checked: %s", e);
      return refused -> Refusal.unavailable(refused, AWAY);
    }
  }

  /** With the class loader and the names of the application. */
  private Action<HttpHandler, Look> setUp() {
    Action<HttpHandler, Look> action = looking;
    if (action == null) {
      action = context.getDeployment().createThreadSetupAction((exchange, look) -> look.look());
      looking = action;
    }
    return action;
  }
}
