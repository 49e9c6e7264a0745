package io.refdata.persistence.metrics;

/**
 * A kind of requests that are timed together.
 *
 * @param method the HTTP method; {@code other} for one that no address supports
 * @param uri the address, with variables in braces; {@code unknown} if there is nothing
 * @param status the status of the response
 * @param cache {@code hit}, {@code revalidated}, {@code miss}, {@code bypass}, or {@code none} if
 *     such responses are not cached
 */
public record RequestLabels(String method, String uri, String status, String cache) {
  /** The number of {@link #together} kinds: one for each class of statuses, 1xx to 5xx. */
  static final int CLASSES = 5;

  private static final String OTHER = "other";

  /** The kind in which it is counted if there are too many. Errors stay apart. */
  RequestLabels together() {
    return new RequestLabels(OTHER, OTHER, status.charAt(0) + "xx", "none");
  }

  /** True if the platform failed to answer: status 5xx. */
  public boolean isError() {
    return status.startsWith("5");
  }
}
