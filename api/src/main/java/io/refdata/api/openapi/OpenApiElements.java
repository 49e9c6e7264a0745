package io.refdata.api.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.refdata.api.problem.ProblemType;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** The pieces that a description is put together from. */
final class OpenApiElements {
  static final String JSON = "application/json";
  static final String CSV = "text/csv";
  static final String NDJSON = "application/x-ndjson";

  private static final JsonMapper MAPPER = new JsonMapper();

  private OpenApiElements() {}

  static Schema text(String description) {
    return type(SchemaType.STRING, description);
  }

  static Schema number(String description) {
    return type(SchemaType.NUMBER, description);
  }

  static Schema integer(String description) {
    return type(SchemaType.INTEGER, description);
  }

  static Schema bool(String description) {
    return type(SchemaType.BOOLEAN, description);
  }

  static Schema instant(String description) {
    return text(description).format("date-time");
  }

  static Schema oneOf(String description, String... values) {
    Schema schema = text(description);
    Arrays.stream(values).forEach(schema::addEnumeration);
    return schema;
  }

  static Schema object(String description) {
    return type(SchemaType.OBJECT, description);
  }

  static Schema array(Schema items) {
    return OASFactory.createSchema().addType(SchemaType.ARRAY).items(items);
  }

  static Schema ref(String schema) {
    return OASFactory.createSchema().ref(schema);
  }

  /** The same, or null. */
  static Schema orNull(Schema schema) {
    return schema.addType(SchemaType.NULL);
  }

  private static Schema type(SchemaType type, String description) {
    return OASFactory.createSchema().addType(type).description(description);
  }

  /** A page: its items, and where the next one begins. */
  static Schema page(Schema item) {
    return object("A page")
        .addProperty("items", array(item))
        .addProperty("next", orNull(text("Cursor of the next page, for `after`; null on the last")))
        .addRequired("items")
        .addRequired("next");
  }

  static Object json(String text) {
    try {
      return MAPPER.readValue(text, Object.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  static Parameter path(String name, String description, String example) {
    return OASFactory.createParameter()
        .name(name)
        .in(In.PATH)
        .required(true)
        .description(description)
        .schema(OASFactory.createSchema().addType(SchemaType.STRING))
        .example(example);
  }

  static Parameter query(String name, Schema schema, String description, Object example) {
    return OASFactory.createParameter()
        .name(name)
        .in(In.QUERY)
        .description(description)
        .schema(schema)
        .example(example);
  }

  static Parameter query(String name, String description, Object example) {
    return query(name, OASFactory.createSchema().addType(SchemaType.STRING), description, example);
  }

  static Parameter header(String name, String description, boolean required, String example) {
    return OASFactory.createParameter()
        .name(name)
        .in(In.HEADER)
        .required(required)
        .description(description)
        .schema(OASFactory.createSchema().addType(SchemaType.STRING))
        .example(example);
  }

  /** A parameter that the components hold. */
  static Parameter shared(String name) {
    return OASFactory.createParameter().ref(name);
  }

  static Operation operation(String id, String tag, String summary) {
    return OASFactory.createOperation()
        .operationId(id)
        .addTag(tag)
        .summary(summary)
        .responses(OASFactory.createAPIResponses());
  }

  static RequestBody body(String mediaType, Schema schema, Object example) {
    return OASFactory.createRequestBody()
        .required(true)
        .content(OASFactory.createContent().addMediaType(mediaType, media(schema, example)));
  }

  static MediaType media(Schema schema, Object example) {
    return OASFactory.createMediaType().schema(schema).example(example);
  }

  static APIResponse response(String description) {
    return OASFactory.createAPIResponse().description(description);
  }

  static APIResponse response(String description, String mediaType, Schema schema, Object example) {
    return response(description)
        .content(OASFactory.createContent().addMediaType(mediaType, media(schema, example)));
  }

  /** The headers that every answer to a GET has. */
  static APIResponse cacheable(APIResponse response) {
    return response
        .addHeader("ETag", sharedHeader("ETag"))
        .addHeader("Cache-Control", sharedHeader("Cache-Control"))
        .addHeader("Server-Timing", sharedHeader("Server-Timing"));
  }

  static Header sharedHeader(String name) {
    return OASFactory.createHeader().ref(name);
  }

  /** Adds the problems that an operation may answer with. */
  static Operation problems(Operation operation, ProblemType... types) {
    List.of(types)
        .forEach(
            type ->
                operation
                    .getResponses()
                    .addAPIResponse(
                        Integer.toString(type.status()),
                        OASFactory.createAPIResponse().ref(name(type))));
    operation
        .getResponses()
        .addAPIResponse("default", OASFactory.createAPIResponse().ref(name(ProblemType.INTERNAL)));
    return operation;
  }

  /** What a problem's response is called among the components. */
  static String name(ProblemType type) {
    return "problem-" + type.slug();
  }
}
