package io.refdata.api.layout;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.request.Parameters;
import io.refdata.api.response.Representation;
import io.refdata.domain.layout.LayoutProposal;
import io.refdata.domain.layout.LayoutProposal.Note;
import io.refdata.domain.layout.LayoutProposal.Preview;
import io.refdata.domain.layout.LayoutProposal.Rejected;
import io.refdata.domain.layout.LayoutProposal.Row;
import io.refdata.domain.layout.LayoutProposals;
import io.refdata.domain.layout.LayoutProposals.Hints;
import io.refdata.domain.layout.LayoutProposals.UnknownTarget;
import io.refdata.domain.load.InvalidLoad;
import io.refdata.persistence.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** Proposes a layout for a file, from its beginning. It writes nothing. */
@Path("/layouts/proposal")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class ProposalResource {
  @Inject private LayoutProposals proposals;

  @POST
  @Consumes({
    "text/csv",
    "text/plain",
    "text/tab-separated-values",
    "application/x-ndjson",
    "application/gzip",
    MediaType.APPLICATION_OCTET_STREAM
  })
  public Response propose(InputStream body, @Context HttpHeaders headers, @Context UriInfo uri)
      throws IOException {
    Parameters parameters = Parameters.of(uri);
    String into = parameters.one("into").orElse("");
    String name = parameters.one("name").orElse(null);
    parameters.end();
    byte[] file = body.readNBytes(LayoutProposals.MOST_BYTES + 1);
    if (file.length > LayoutProposals.MOST_BYTES) {
      throw new Problem(
          ProblemType.TOO_LARGE, "The body can have at most 64 KiB: the beginning of the file.");
    }
    String charset = headers.getMediaType().getParameters().get(MediaType.CHARSET_PARAMETER);
    LayoutProposal proposal = propose(into, file, new Hints(charset, name));
    return Representation.of(json -> write(proposal, json)).written(Response.ok()).build();
  }

  private LayoutProposal propose(String into, byte[] file, Hints hints) {
    try {
      return proposals.propose(into, file, hints);
    } catch (UnknownTarget e) {
      throw Problem.parameter("into", String.valueOf(e.getMessage()));
    } catch (InvalidLoad e) {
      throw new Problem(ProblemType.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private static void write(LayoutProposal proposal, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeFieldName("layout");
    try (var layout = Json.FACTORY.createParser(proposal.layout())) {
      layout.nextToken();
      json.copyCurrentStructure(layout);
    }
    write("reasons", "reason", proposal.reasons(), json);
    write("doubts", "doubt", proposal.doubts(), json);
    write(proposal.preview(), json);
    json.writeEndObject();
  }

  private static void write(String list, String text, List<Note> notes, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(list);
    for (Note note : notes) {
      json.writeStartObject();
      json.writeStringField("pointer", note.pointer());
      json.writeStringField(text, note.text());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(Preview preview, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("preview");
    json.writeNumberField("lines", preview.lines());
    json.writeObjectFieldStart("rows");
    json.writeNumberField("read", preview.rows().read());
    json.writeNumberField("rejected", preview.rows().rejected());
    json.writeNumberField("ignored", preview.rows().ignored());
    json.writeNumberField("rounded", preview.rows().rounded());
    json.writeEndObject();
    json.writeArrayFieldStart("accepted");
    for (Row row : preview.accepted()) {
      json.writeStartObject();
      json.writeNumberField("line", row.line());
      if (row.members().containsKey("key")) {
        write(row.members(), json);
      } else {
        json.writeObjectFieldStart("item");
        write(row.members(), json);
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("rejects");
    for (Rejected reject : preview.rejects()) {
      json.writeStartObject();
      json.writeNumberField("line", reject.line());
      json.writeStringField("column", reject.column());
      json.writeStringField("code", reject.code());
      json.writeStringField("reason", reject.reason());
      json.writeStringField("raw", reject.raw());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(Map<?, ?> members, JsonGenerator json) throws IOException {
    for (Map.Entry<?, ?> member : members.entrySet()) {
      json.writeFieldName(member.getKey().toString());
      Object value = member.getValue();
      if (value instanceof Map<?, ?> inner) {
        json.writeStartObject();
        write(inner, json);
        json.writeEndObject();
      } else if (value instanceof Double number) {
        json.writeNumber(number);
      } else if (value instanceof Integer number) {
        json.writeNumber(number);
      } else {
        json.writeString(String.valueOf(value));
      }
    }
  }
}
