package io.refdata.api.access.token;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that tests move. */
final class MovableClock implements InstantSource {
  private volatile Instant now;

  MovableClock(Instant now) {
    this.now = now;
  }

  @Override
  public Instant instant() {
    return now;
  }

  void move(Duration span) {
    now = now.plus(span);
  }
}
