package io.refdata.api.openapi;

import io.refdata.api.problem.ProblemType;
import io.refdata.api.route.Route;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.jspecify.annotations.Nullable;

/**
 * Completes the description by what holds for all operations: the problems that any of them can
 * respond with because of the rules of HTTP, the headers of a GET's response, its statement budget
 * of {@link Route} as {@code x-statements}, the roles of {@link Route} that it needs, and for each
 * response without an example the one of its schema.
 */
public class ResponseFilter implements OASFilter {
  private static final String SCHEMAS = "#/components/schemas/";

  private static final List<ProblemType> ALWAYS =
      List.of(
          ProblemType.MALFORMED,
          ProblemType.UNAUTHENTICATED,
          ProblemType.FORBIDDEN,
          ProblemType.NOT_FOUND,
          ProblemType.NOT_ACCEPTABLE,
          ProblemType.TOO_MANY,
          ProblemType.UNAVAILABLE);
  private static final List<ProblemType> OF_BODIES =
      List.of(ProblemType.TOO_LARGE, ProblemType.UNSUPPORTED_MEDIA_TYPE);
  private static final List<String> HEADERS = List.of("ETag", "Cache-Control", "Server-Timing");

  /**
   * @throws IllegalStateException if a GET has no statement budget
   */
  @Override
  public void filterOpenAPI(OpenAPI description) {
    Components components = description.getComponents();
    for (ProblemType type : ProblemType.values()) {
      components.addResponse(OpenApiElements.name(type), problem(type));
    }
    Access.describe(components);
    description
        .getPaths()
        .getPathItems()
        .forEach(
            (path, item) ->
                item.getOperations()
                    .forEach(
                        (method, operation) -> {
                          addResponses(operation);
                          Access.require(path, method, operation);
                          if (method == HttpMethod.GET) {
                            completeGet(path, operation);
                          }
                          addExamples(operation, components.getSchemas());
                        }));
  }

  private static APIResponse problem(ProblemType type) {
    return OpenApiElements.response(
        type.title(),
        "application/problem+json",
        OpenApiElements.ref("Problem"),
        OpenApiElements.json(Examples.problem(type.slug(), type.title(), type.status())));
  }

  private static void addResponses(Operation operation) {
    APIResponses responses = operation.getResponses();
    responses.addAPIResponse("default", ref(ProblemType.INTERNAL));
    ALWAYS.forEach(type -> add(responses, type));
    if (operation.getRequestBody() != null) {
      OF_BODIES.forEach(type -> add(responses, type));
    }
  }

  private static void completeGet(String path, Operation get) {
    APIResponses responses = get.getResponses();
    add(responses, ProblemType.PRECONDITION_FAILED);
    responses.addAPIResponse("304", OpenApiElements.response("The client already has it"));
    for (String header : HEADERS) {
      Header shared = OpenApiElements.sharedHeader(header);
      responses.getAPIResponse("200").addHeader(header, shared);
    }
    Route route = Route.of(path);
    Route.Budget budget = route == null ? null : route.budget();
    if (budget == null) {
      throw new IllegalStateException("GET " + path + " has no statement budget");
    }
    get.addExtension("x-statements", Map.of("cold", budget.cold(), "warm", budget.warm()));
  }

  private static void add(APIResponses responses, ProblemType type) {
    String status = Integer.toString(type.status());
    if (!responses.hasAPIResponse(status)) {
      responses.addAPIResponse(status, ref(type));
    }
  }

  private static APIResponse ref(ProblemType type) {
    return OASFactory.createAPIResponse().ref(OpenApiElements.name(type));
  }

  private static void addExamples(Operation operation, Map<String, Schema> schemas) {
    if (operation.getRequestBody() != null) {
      addExamples(operation.getRequestBody().getContent(), schemas);
    }
    operation
        .getResponses()
        .getAPIResponses()
        .values()
        .forEach(response -> addExamples(response.getContent(), schemas));
  }

  private static void addExamples(@Nullable Content content, Map<String, Schema> schemas) {
    if (content == null) {
      return;
    }
    for (MediaType media : content.getMediaTypes().values()) {
      String schema = media.getSchema().getRef();
      if (media.getExample() == null && schema != null) {
        Schema described = schemas.get(schema.substring(SCHEMAS.length()));
        if (described != null && described.getExamples() != null) {
          media.setExample(described.getExamples().get(0));
        }
      }
    }
  }
}
