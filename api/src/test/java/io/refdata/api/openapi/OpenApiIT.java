package io.refdata.api.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.refdata.api.route.Route;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.item.ItemType;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

@ArquillianTest
class OpenApiIT {
  /** A template that allows some values only: {@code {direction:up|down}}. */
  private static final Pattern CHOICE = Pattern.compile("\\{\\w+:([^}]*)\\}");

  private static final String COLLECTION = "{collection:" + ItemSet.PATH + "}";

  @Test
  void theDescriptionIsValidOpenApi31() {
    SwaggerParseResult parsed = parsed();
    assertThat(parsed.getMessages()).isEmpty();
    assertThat(parsed.getOpenAPI().getOpenapi()).startsWith("3.1");
  }

  @Test
  void everythingThatIsServedIsDescribedAndNothingElse() {
    Set<String> described = new TreeSet<>();
    parsed()
        .getOpenAPI()
        .getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .keySet()
                    .forEach(method -> described.add(method + " " + path)));
    assertThat(unnamed(described)).isEqualTo(unnamed(served()));
  }

  @Test
  void everyAddressThatIsServedHasItsRouteAndEveryRouteIsServed() {
    Set<Route> routes = EnumSet.noneOf(Route.class);
    for (String operation : served()) {
      Route route = Route.of(operation.substring(operation.indexOf(' ') + 1));
      assertThat(route).as(operation).isNotNull();
      routes.add(route);
    }
    assertThat(routes).containsExactlyInAnyOrder(Route.values());
  }

  @Test
  void everyOperationHasAnExampleOfItsAnswer() {
    OpenAPI description = parsed().getOpenAPI();
    description
        .getPaths()
        .forEach(
            (path, item) ->
                item.readOperations()
                    .forEach(
                        operation ->
                            operation
                                .getResponses()
                                .forEach(
                                    (status, response) -> {
                                      if (response.getContent() != null) {
                                        response
                                            .getContent()
                                            .forEach(
                                                (type, media) ->
                                                    assertThat(media.getExample())
                                                        .as("%s %s %s", path, status, type)
                                                        .isNotNull());
                                      }
                                    })));
  }

  @Test
  void everyDescribedParameterOfAListIsKnown() {
    parsed()
        .getOpenAPI()
        .getPaths()
        .forEach(
            (path, item) -> {
              if (item.getGet() == null
                  || item.getGet().getParameters() == null
                  || path.contains("{")) {
                return;
              }
              item.getGet().getParameters().stream()
                  .filter(parameter -> "query".equals(parameter.getIn()))
                  .forEach(
                      parameter ->
                          assertThat(
                                  given()
                                      .queryParam(parameter.getName(), parameter.getExample())
                                      .get(path)
                                      .asString())
                              .as("%s?%s=%s", path, parameter.getName(), parameter.getExample())
                              .doesNotContain("is no parameter here"));
            });
  }

  private static SwaggerParseResult parsed() {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    options.setResolveFully(true);
    String text =
        given()
            .accept("application/json")
            .get("/openapi?format=json")
            .then()
            .statusCode(200)
            .extract()
            .asString();
    return new OpenAPIV3Parser().readContents(text, List.of(), options);
  }

  /** Every method and path that the resource classes serve, the collections by name. */
  private static Set<String> served() {
    Set<String> served = new TreeSet<>();
    for (JavaClass resource : new ClassFileImporter().importPackages("io.refdata.api")) {
      if (!resource.isAnnotatedWith(Path.class)) {
        continue;
      }
      String root = resource.getAnnotationOfType(Path.class).value();
      for (JavaMethod method : resource.getMethods()) {
        method.getAnnotations().stream()
            .flatMap(annotation -> httpMethod(annotation.getRawType()))
            .forEach(
                verb -> {
                  String path =
                      method.isAnnotatedWith(Path.class)
                          ? root + method.getAnnotationOfType(Path.class).value()
                          : root;
                  collections(path).forEach(each -> served.add(verb + " /api/v1" + each));
                });
      }
    }
    return served;
  }

  private static Stream<String> httpMethod(JavaClass annotation) {
    return annotation.isAnnotatedWith(HttpMethod.class)
        ? Stream.of(annotation.getAnnotationOfType(HttpMethod.class).value())
        : Stream.empty();
  }

  /** The operations without the names of the variables of their paths, which do not matter. */
  private static Set<String> unnamed(Set<String> operations) {
    return operations.stream()
        .map(operation -> operation.replaceAll("\\{[^}]*}", "{}"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The paths that a template with a collection, or with a choice in it, stands for. */
  private static Stream<String> collections(String path) {
    if (path.startsWith("/" + COLLECTION)) {
      Stream<String> names = Catalogue.all().stream().map(OpenApiIT::name);
      if (path.endsWith("/history")) {
        names = Stream.concat(names, Stream.of("datasets", "layouts"));
      }
      return names.map(name -> path.replace(COLLECTION, name));
    }
    Matcher choice = CHOICE.matcher(path);
    return choice.find()
        ? Stream.of(choice.group(1).split("\\|", -1)).map(choice::replaceFirst)
        : Stream.of(path);
  }

  private static String name(ItemType<?> type) {
    return type == Catalogue.CODES ? "code-lists/{list}/codes" : type.collection();
  }
}
