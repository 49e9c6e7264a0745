package io.refdata.api.access.token;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.request.Body;
import io.refdata.api.request.Parameters;
import io.refdata.api.request.Sender;
import io.refdata.api.response.KeyedPage;
import io.refdata.api.response.Representation;
import io.refdata.domain.text.Digits;
import io.refdata.persistence.access.KnownEndings;
import io.refdata.persistence.access.TokenEnding;
import io.refdata.persistence.access.TokenEndings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Tokens that are not accepted any more, though their time is not over, the newest first. */
@Path("/access/endings")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class EndingResource {
  private static final int MAX_DIGITS = 18;

  @Inject private TokenEndings endings;
  @Inject private KnownEndings known;

  @GET
  public Response list(@Context UriInfo uri, @Context Request request) {
    KeyedPage page = KeyedPage.of(Parameters.of(uri), uri);
    return page.of(
        endings.list(page.after(EndingResource::id), page.toRead()),
        one -> Long.toString(one.id()),
        EndingResource::write,
        request,
        uri);
  }

  /** Ends tokens: at once on this server, within some seconds on all others. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response end(
      InputStream body,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @Context UriInfo uri)
      throws IOException {
    Parameters.of(uri).end();
    EndingBody wanted = EndingBody.parse(Body.object(body));
    try {
      TokenEnding ending =
          endings.end(
              wanted.subject(),
              wanted.jti(),
              wanted.reason(),
              Sender.author(headers, security).by());
      known.ended(ending);
      return Representation.of(json -> write(ending, json))
          .written(Response.status(Response.Status.CREATED))
          .build();
    } catch (TokenEndings.TooManyEndings e) {
      throw new Problem(ProblemType.CONFLICT, String.valueOf(e.getMessage()));
    }
  }

  private static Optional<Long> id(String text) {
    return Digits.are(text, MAX_DIGITS) ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  private static void write(TokenEnding ending, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("at", ending.at().toString());
    json.writeStringField("subject", ending.subject());
    json.writeStringField("jti", ending.jti());
    json.writeStringField("by", ending.by());
    json.writeStringField("reason", ending.reason());
    json.writeEndObject();
  }
}
