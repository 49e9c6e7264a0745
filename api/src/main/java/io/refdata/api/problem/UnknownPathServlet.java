package io.refdata.api.problem;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;

/** What is asked for outside all that there is: there are no pages here, whatever the method. */
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
