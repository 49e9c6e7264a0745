package io.refdata.api.problem;

import java.util.Arrays;

/** The types of problems, each with its HTTP status. */
public enum ProblemType {
  MALFORMED("malformed", 400, "The request cannot be understood"),
  INVALID("invalid", 400, "The request breaks a rule"),
  UNAUTHENTICATED("unauthenticated", 401, "The client is not authenticated"),
  FORBIDDEN("forbidden", 403, "The client is not allowed to do this"),
  NOT_FOUND("not-found", 404, "There is nothing here"),
  METHOD_NOT_ALLOWED("method-not-allowed", 405, "This cannot be done here"),
  NOT_ACCEPTABLE("not-acceptable", 406, "None of the accepted formats is available"),
  TOO_SLOW("too-slow", 408, "The request came too slowly"),
  CONFLICT("conflict", 409, "The current state does not allow this"),
  GONE("gone", 410, "The requested data has been removed"),
  PRECONDITION_FAILED("precondition-failed", 412, "A precondition of the request does not hold"),
  TOO_LARGE("too-large", 413, "The request is too large"),
  URI_TOO_LONG("uri-too-long", 414, "The URL is too long"),
  UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "The format of the body is not supported"),
  RANGE_NOT_SATISFIABLE("range-not-satisfiable", 416, "There is nothing in the requested range"),
  PRECONDITION_REQUIRED(
      "precondition-required", 428, "The request must say which version it means"),
  HEADERS_TOO_LARGE("headers-too-large", 431, "The headers are too large"),
  TOO_MANY("too-many", 429, "There are too many of them"),
  INTERNAL("internal", 500, "The service failed"),
  UNAVAILABLE("unavailable", 503, "The service cannot do this now"),
  INSUFFICIENT_STORAGE("insufficient-storage", 507, "There is no room left");

  private static final int NOT_IMPLEMENTED = 501;

  private final String slug;
  private final int status;
  private final String title;

  ProblemType(String slug, int status, String title) {
    this.slug = slug;
    this.status = status;
    this.title = title;
  }

  /** The type for a status that JAX-RS or the server has chosen. */
  public static ProblemType of(int status) {
    if (status == NOT_IMPLEMENTED) {
      return METHOD_NOT_ALLOWED; // the response of a servlet to an unknown method
    }
    return Arrays.stream(values())
        .filter(type -> type.status == status)
        .findFirst()
        .orElse(status < 500 ? MALFORMED : INTERNAL);
  }

  /** Whether the same request may succeed later, so that the response says when to try it again. */
  public boolean passes() {
    return this == UNAVAILABLE || this == TOO_MANY;
  }

  /** The last part of its URI, {@code /problems/<slug>}. */
  public String slug() {
    return slug;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }
}
