package io.refdata.api.openapi;

import io.refdata.api.problem.ProblemType;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** What an operation may answer with because of how HTTP is used, whatever it is about. */
final class CommonResponses {
  private static final List<ProblemType> ALWAYS =
      List.of(
          ProblemType.MALFORMED,
          ProblemType.NOT_FOUND,
          ProblemType.NOT_ACCEPTABLE,
          ProblemType.UNAVAILABLE);
  private static final List<ProblemType> OF_BODIES =
      List.of(ProblemType.TOO_LARGE, ProblemType.UNSUPPORTED_MEDIA_TYPE);

  private CommonResponses() {}

  /** Adds them to each operation that does not say so itself. */
  static void addTo(Paths paths) {
    for (PathItem item : paths.getPathItems().values()) {
      for (Operation operation : item.getOperations().values()) {
        APIResponses answers = operation.getResponses();
        add(answers, ALWAYS);
        if (operation.getRequestBody() != null) {
          add(answers, OF_BODIES);
        }
      }
      if (item.getGET() != null) {
        APIResponses answers = item.getGET().getResponses();
        add(answers, List.of(ProblemType.PRECONDITION_FAILED));
        if (!answers.hasAPIResponse("304")) {
          answers.addAPIResponse("304", OpenApiElements.response("The client has it already"));
        }
      }
    }
  }

  private static void add(APIResponses answers, List<ProblemType> types) {
    for (ProblemType type : types) {
      String status = Integer.toString(type.status());
      if (!answers.hasAPIResponse(status)) {
        answers.addAPIResponse(
            status, OASFactory.createAPIResponse().ref(OpenApiElements.name(type)));
      }
    }
  }
}
