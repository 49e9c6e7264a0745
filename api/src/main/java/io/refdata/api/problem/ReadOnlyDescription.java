package io.refdata.api.problem;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.Set;

/**
 * Responds with a problem to requests that would do anything but read {@code /openapi}. The server
 * forwards them to this servlet (server.cli), because WildFly, which serves the description, would
 * respond with an HTML page.
 */
@WebServlet("/api/openapi")
public class ReadOnlyDescription extends HttpServlet {
  @Serial private static final long serialVersionUID = 1;
  private static final String DESCRIPTION = "/openapi";
  private static final Set<String> READ_METHODS = Set.of("GET", "HEAD", "OPTIONS");

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (READ_METHODS.contains(request.getMethod())) {
      ProblemJson.answer(
          Problem.notFound("The description is at /openapi."), request.getRequestURI(), response);
      return;
    }
    ProblemType type = ProblemType.METHOD_NOT_ALLOWED;
    ProblemJson.answer(new Problem(type, type.title() + "."), DESCRIPTION, response);
  }
}
