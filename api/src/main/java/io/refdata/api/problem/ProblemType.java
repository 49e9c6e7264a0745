package io.refdata.api.problem;

import java.util.Arrays;

/** The kinds of problems, each with the status it goes with. */
public enum ProblemType {
  MALFORMED("malformed", 400, "The request cannot be understood"),
  INVALID("invalid", 400, "The request breaks a rule"),
  UNAUTHENTICATED("unauthenticated", 401, "Who is asking is not known"),
  FORBIDDEN("forbidden", 403, "Who is asking may not do this"),
  NOT_FOUND("not-found", 404, "There is nothing here"),
  METHOD_NOT_ALLOWED("method-not-allowed", 405, "This cannot be done here"),
  NOT_ACCEPTABLE("not-acceptable", 406, "There is no answer in a form that was asked for"),
  TOO_SLOW("too-slow", 408, "The request came too slowly"),
  CONFLICT("conflict", 409, "The state of things does not allow it"),
  GONE("gone", 410, "What was here has been removed"),
  PRECONDITION_FAILED("precondition-failed", 412, "Things are not as the request expects"),
  TOO_LARGE("too-large", 413, "The request is too large"),
  URI_TOO_LONG("uri-too-long", 414, "The URL is too long"),
  UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "The body is in a form not read here"),
  PRECONDITION_REQUIRED(
      "precondition-required", 428, "The request must say which version it means"),
  HEADERS_TOO_LARGE("headers-too-large", 431, "The headers are too large"),
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

  /** The kind that goes with a status which JAX-RS or the server chose. */
  public static ProblemType of(int status) {
    if (status == NOT_IMPLEMENTED) {
      return METHOD_NOT_ALLOWED; // a method that a servlet has never heard of
    }
    return Arrays.stream(values())
        .filter(type -> type.status == status)
        .findFirst()
        .orElse(status < 500 ? MALFORMED : INTERNAL);
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
