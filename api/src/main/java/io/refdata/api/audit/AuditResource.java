package io.refdata.api.audit;

import io.refdata.api.request.Parameters;
import io.refdata.api.response.Representation;
import io.refdata.persistence.audit.AuditReport;
import io.refdata.persistence.audit.AuditTrail;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.regex.Pattern;

/** Verifies the audit trail, part by part. */
@Path("/audit/verify")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class AuditResource {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  @Inject private AuditTrail trail;

  @GET
  public Response verify(@Context UriInfo uri, @Context Request request) {
    Parameters parameters = Parameters.of(uri);
    int after = parameters.whole("after", 999_999_999).orElse(0);
    int most = (int) Setting.AUDIT_VERIFIED_REVISIONS.number();
    int limit = parameters.limit(most).orElse(most);
    Optional<String> head = parameters.one("head");
    if (head.isPresent() && !HASH.matcher(head.get()).matches()) {
      parameters.fault("head", "must be 64 hexadecimal digits, as an answer gave them");
    }
    parameters.end();
    AuditReport report = trail.verify(after, head.orElse(null), limit);
    return Representation.of(json -> json.writePOJO(report)).read(request).build();
  }
}
