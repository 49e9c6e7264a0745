package io.refdata.api.request;

import io.refdata.api.timing.RequestId;
import io.refdata.domain.revision.Author;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;

/** The sender of a request. */
public final class Sender {
  private Sender() {}

  /** The author of the changes that the current request makes. */
  public static Author author(HttpHeaders headers, SecurityContext security) {
    return new Author(
        security.getUserPrincipal() == null ? "anonymous" : security.getUserPrincipal().getName(),
        reason(headers.getHeaderString("X-Change-Reason")),
        RequestId.kept(ServletRequestContext.requireCurrent().getExchange()));
  }

  private static @Nullable String reason(@Nullable String header) {
    return header == null || header.isBlank() ? null : HeaderText.of(header);
  }
}
