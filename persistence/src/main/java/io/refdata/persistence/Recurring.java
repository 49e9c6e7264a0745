package io.refdata.persistence;

import org.jboss.logging.Logger;

/**
 * Work that a scheduler does again and again. A scheduler never does work again that has thrown, so
 * this logs what is thrown, errors such as a full heap too, and the work goes on the next time.
 *
 * @param what names the work in the log: "Looking for loads"
 */
public record Recurring(String what, Runnable work) implements Runnable {
  private static final Logger LOG = Logger.getLogger(Recurring.class);

  @Override
  public void run() {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      log(e);
    }
  }

  private void log(Throwable failure) {
    try {
      LOG.errorf(failure, "%s failed; it is tried again", what);
    } catch (OutOfMemoryError e) {
      // There is no memory for the line either. Whatever fails the next time is logged then.
    }
  }
}
