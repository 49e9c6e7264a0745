package io.refdata.api.openapi;

import io.refdata.api.problem.ProblemType;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** The responses that any operation can have because of the rules of HTTP. */
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

  /** Adds them to each operation that does not describe them itself. */
  static void addTo(Paths paths) {
    for (PathItem item : paths.getPathItems().values()) {
      for (Operation operation : item.getOperations().values()) {
        APIResponses responses = operation.getResponses();
        add(responses, ALWAYS);
        if (operation.getRequestBody() != null) {
          add(responses, OF_BODIES);
        }
      }
      if (item.getGET() != null) {
        APIResponses responses = item.getGET().getResponses();
        add(responses, List.of(ProblemType.PRECONDITION_FAILED));
        if (!responses.hasAPIResponse("304")) {
          responses.addAPIResponse("304", OpenApiElements.response("The client already has it"));
        }
      }
    }
  }

  private static void add(APIResponses responses, List<ProblemType> types) {
    for (ProblemType type : types) {
      String status = Integer.toString(type.status());
      if (!responses.hasAPIResponse(status)) {
        responses.addAPIResponse(
            status, OASFactory.createAPIResponse().ref(OpenApiElements.name(type)));
      }
    }
  }
}
