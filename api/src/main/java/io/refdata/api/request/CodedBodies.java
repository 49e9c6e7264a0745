package io.refdata.api.request;

import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Locale;

/**
 * Refuses bodies with a content coding, which would be read as plain bytes (RFC 9110, 8.4). Only
 * loads may be in gzip, and they decode it themselves. {@code identity} means no coding, so it is
 * allowed.
 */
@Provider
public class CodedBodies implements ContainerRequestFilter {
  private static final String LOADS = "loads";

  @Override
  public void filter(ContainerRequestContext request) {
    List<String> lines = request.getHeaders().get(HttpHeaders.CONTENT_ENCODING);
    if (lines == null || request.getUriInfo().getPath(false).replace("/", "").equals(LOADS)) {
      return;
    }
    for (String coding : String.join(",", lines).split(",")) {
      String name = coding.strip().toLowerCase(Locale.ROOT);
      if (!name.isEmpty() && !name.equals("identity")) {
        throw new Problem(
            ProblemType.UNSUPPORTED_MEDIA_TYPE,
            "Only loads can have a Content-Encoding, and it can only be gzip.");
      }
    }
  }
}
