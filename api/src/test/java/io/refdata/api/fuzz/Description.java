package io.refdata.api.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.refdata.api.fuzz.Operation.Parameter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The description of the interface at {@code /openapi}. */
final class Description {
  private static final String LOCATION = "https://description.invalid/openapi";
  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

  private final JsonNode root;
  private final JsonSchemaFactory factory;
  private final List<Operation> operations = new ArrayList<>();
  private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

  Description(String json) throws IOException {
    this.root = new JsonMapper().readTree(json);
    this.factory =
        JsonSchemaFactory.getInstance(
            VersionFlag.V202012,
            builder -> builder.schemaLoaders(loaders -> loaders.schemas(Map.of(LOCATION, json))));
    root.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(member -> METHODS.contains(member.getKey()))
                    .forEach(member -> add(path.getKey(), path.getValue(), member.getKey())));
  }

  List<Operation> operations() {
    return operations;
  }

  private void add(String path, JsonNode item, String method) {
    JsonNode operation = item.path(method);
    List<Parameter> parameters = new ArrayList<>();
    item.path("parameters").forEach(parameter -> parameters.add(parameter(parameter)));
    operation.path("parameters").forEach(parameter -> parameters.add(parameter(parameter)));
    Map<String, JsonNode> bodies = new LinkedHashMap<>();
    resolved(operation.path("requestBody"))
        .path("content")
        .properties()
        .forEach(content -> bodies.put(content.getKey(), content.getValue().path("example")));
    Map<String, JsonNode> answers = new LinkedHashMap<>();
    operation
        .path("responses")
        .properties()
        .forEach(answer -> answers.put(answer.getKey(), resolved(answer.getValue())));
    operations.add(
        new Operation(
            method.toUpperCase(java.util.Locale.ROOT), path, parameters, bodies, answers));
  }

  private Parameter parameter(JsonNode node) {
    JsonNode parameter = resolved(node);
    return new Parameter(
        parameter.path("name").asText(),
        parameter.path("in").asText(),
        resolved(parameter.path("schema")),
        parameter.path("example").asText());
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? resolved(root.at(node.path("$ref").asText().substring(1))) : node;
  }

  /** The schema of a JSON answer, by the status and the media type. */
  JsonSchema schema(Operation operation, String status, String mediaType) {
    JsonNode answer =
        root.path("paths")
            .path(operation.path())
            .path(operation.method().toLowerCase(java.util.Locale.ROOT))
            .path("responses")
            .path(status);
    String pointer =
        answer.has("$ref")
            ? answer.path("$ref").asText().substring(1)
            : "/paths/%s/%s/responses/%s"
                .formatted(
                    escaped(operation.path()),
                    operation.method().toLowerCase(java.util.Locale.ROOT),
                    status);
    return at(pointer + "/content/" + escaped(mediaType) + "/schema");
  }

  /** The schema of a problem. */
  JsonSchema problem() {
    return at("/components/schemas/Problem");
  }

  private JsonSchema at(String pointer) {
    return schemas.computeIfAbsent(
        pointer, at -> factory.getSchema(SchemaLocation.of(LOCATION + "#" + at)));
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D");
  }
}
