package io.refdata.api.problem;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;

/**
 * Responds to all unknown paths with a problem, for any method. The pages of the console are served
 * ahead of it.
 */
@WebServlet({"/", "/api/*"})
public class UnknownPathServlet extends HttpServlet {
  @Serial private static final long serialVersionUID = 1;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ProblemJson.answer(
        Problem.notFound("The interface begins at /api/v1."), request.getRequestURI(), response);
  }
}
