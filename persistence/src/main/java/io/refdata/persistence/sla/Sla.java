package io.refdata.persistence.sla;

import org.jspecify.annotations.Nullable;

/**
 * A service level agreement: of the events of one subject within a time that ends now, a share has
 * to be good.
 *
 * @param dataset the code of the dataset that it is about; null if it is about something else
 * @param layout the name of the layout that it is about, or null
 * @param route the address that it is about, without variables filled in, or null
 * @param objective the share of events that have to be good, above 0 and below 1
 * @param window the time over which it is measured, in ISO 8601
 * @param windowSeconds the same in seconds
 * @param bound of {@code LOAD_DURATION}: the longest good time, in ISO 8601
 * @param boundMs of {@code LOAD_DURATION} and {@code REQUEST_LATENCY}: the longest good time, in
 *     milliseconds
 * @param least of {@code QUALITY}: the least good score
 */
public record Sla(
    Kind kind,
    @Nullable String dataset,
    @Nullable String layout,
    @Nullable String route,
    double objective,
    String window,
    long windowSeconds,
    @Nullable String bound,
    @Nullable Double boundMs,
    @Nullable Double least) {

  /** The kind of the events, and the condition on which one is good. */
  public enum Kind {
    /**
     * A load that completed, from its arrival on; also one that is under way for longer than the
     * bound. Good within the bound.
     */
    LOAD_DURATION,
    /** A minute. Good unless the dataset was stale. */
    FRESHNESS,
    /** A request that was answered. Good within the bound. */
    REQUEST_LATENCY,
    /** A request that was answered. Good unless the platform failed. */
    REQUEST_ERRORS,
    /** A load that was judged. Good from the least score on. */
    QUALITY;

    /** True if its events are loads. */
    public boolean isOfLoads() {
      return this == LOAD_DURATION || this == QUALITY;
    }

    /** True if its events are requests. */
    public boolean isOfRequests() {
      return this == REQUEST_LATENCY || this == REQUEST_ERRORS;
    }
  }
}
