package io.refdata.api.openapi;

import io.refdata.access.Role;
import io.refdata.api.route.Route;
import io.undertow.util.HttpString;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Describes who may do what: the kinds of credentials, and the roles that an operation needs. */
final class Access {
  private static final String TOKEN = "token";
  private static final String KEY = "key";

  private Access() {}

  /** Adds the roles and the kinds of credentials. */
  static void describe(Components components) {
    components.addSchema(
        "Role",
        OpenApiElements.text("What a caller may do").enumeration(List.copyOf(Role.words())));
    components.addSecurityScheme(
        TOKEN,
        OASFactory.createSecurityScheme()
            .type(SecurityScheme.Type.HTTP)
            .scheme("bearer")
            .bearerFormat("JWT")
            .description(
                "A token of the OpenID Connect provider, or a key of the platform. The names in a"
                    + " requirement are roles; of several requirements one has to be met. Public"
                    + " datasets and collections can be read without a credential."));
    components.addSecurityScheme(
        KEY,
        OASFactory.createSecurityScheme()
            .type(SecurityScheme.Type.HTTP)
            .scheme("basic")
            .description("A key of the platform, or a token, as the password of any user."));
  }

  /** Says which roles an operation needs: any one of them. */
  static void require(String path, HttpMethod method, Operation operation) {
    Route route = Route.of(path);
    if (route == null) {
      throw new IllegalStateException(path + " has no route");
    }
    List<String> roles = Role.words(route.roles(new HttpString(method.name())));
    for (String scheme : List.of(TOKEN, KEY)) {
      for (String role : roles) {
        operation.addSecurityRequirement(
            OASFactory.createSecurityRequirement().addScheme(scheme, List.of(role)));
      }
    }
  }
}
