package io.refdata.api.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.refdata.api.problem.ProblemType;
import io.refdata.persistence.json.Json;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Builds the elements of the description: schemas, parameters, responses. */
final class OpenApiElements {
  static final String JSON = "application/json";
  static final String CSV = "text/csv";
  static final String NDJSON = "application/x-ndjson";

  /** The end of the name of a page's schema: {@code FacilityPage}. */
  private static final String PAGE = "Page";

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

  static Schema object(String description) {
    return type(SchemaType.OBJECT, description);
  }

  static Schema array(Schema items) {
    return OASFactory.createSchema().addType(SchemaType.ARRAY).items(items);
  }

  static Schema ref(String schema) {
    return OASFactory.createSchema().ref(schema);
  }

  /** The schema, with null as a further value. */
  static Schema orNull(Schema schema) {
    return schema.addType(SchemaType.NULL);
  }

  private static Schema type(SchemaType type, String description) {
    return OASFactory.createSchema().addType(type).description(description);
  }

  /** The page of a list of a schema, by a name of its own, so that generated clients read well. */
  static Schema page(String schema) {
    return ref(schema + PAGE);
  }

  /** Adds the schema of an entry of a list, and that of a page of the list. */
  static void addListed(Components components, String name, Schema schema) {
    components.addSchema(name, schema).addSchema(name + PAGE, pageOf(ref(name)));
  }

  private static Schema pageOf(Schema item) {
    return object("A page of a list")
        .addProperty("items", array(item))
        .addProperty(
            "next", orNull(text("Cursor of the next page, for `after`; null on the last page")))
        .addRequired("items")
        .addRequired("next");
  }

  static Object json(String text) {
    try {
      return Json.MAPPER.readValue(text, Object.class);
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

  static Parameter query(String name, String description, Object example) {
    return OASFactory.createParameter()
        .name(name)
        .in(In.QUERY)
        .description(description)
        .schema(OASFactory.createSchema().addType(SchemaType.STRING))
        .example(example);
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

  /** A reference to a parameter among the components. */
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

  static MediaType media(Schema schema, @Nullable Object example) {
    return OASFactory.createMediaType().schema(schema).example(example);
  }

  static APIResponse response(String description) {
    return OASFactory.createAPIResponse().description(description);
  }

  static APIResponse response(
      String description, String mediaType, Schema schema, @Nullable Object example) {
    return response(description)
        .content(OASFactory.createContent().addMediaType(mediaType, media(schema, example)));
  }

  static Header sharedHeader(String name) {
    return OASFactory.createHeader().ref(name);
  }

  /** Adds the problems that an operation can respond with. */
  static Operation problems(Operation operation, ProblemType... types) {
    List.of(types)
        .forEach(
            type ->
                operation
                    .getResponses()
                    .addAPIResponse(
                        Integer.toString(type.status()),
                        OASFactory.createAPIResponse().ref(name(type))));
    return operation;
  }

  /** The name of a problem's response among the components. */
  static String name(ProblemType type) {
    return "problem-" + type.slug();
  }
}
