package io.refdata.api.request;

import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Turns a body that ends too early into a problem of the request, because this is not a failure of
 * the service.
 */
@Provider
public class TruncatedBodies implements ContainerRequestFilter {
  @Override
  public void filter(ContainerRequestContext request) {
    if (request.hasEntity()) {
      request.setEntityStream(new CheckedBody(request.getEntityStream()));
    }
  }

  private static final class CheckedBody extends FilterInputStream {
    CheckedBody(InputStream body) {
      super(body);
    }

    @Override
    public int read() throws IOException {
      try {
        return in.read();
      } catch (IOException e) {
        throw incomplete(e);
      }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return in.read(into, offset, length);
      } catch (IOException e) {
        throw incomplete(e);
      }
    }

    private static Problem incomplete(IOException cause) {
      Problem problem = new Problem(ProblemType.MALFORMED, "The body broke off before its end.");
      problem.initCause(cause);
      return problem;
    }
  }
}
