package io.refdata.api.payload;

import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.request.Parameters;
import io.refdata.domain.text.Digits;
import io.refdata.persistence.load.Payloads;
import io.refdata.persistence.payload.LoadPayload;
import io.refdata.persistence.payload.Removal;
import io.refdata.persistence.payload.StoredPayloads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The file of a load as it came, byte for byte, or a range of its bytes. */
@Path("/loads/{id}/payload")
@ApplicationScoped
public class LoadPayloadResource {
  @Inject private StoredPayloads stored;
  @Inject private Payloads files;

  @GET
  public Response get(
      @PathParam("id") String id,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context Request request)
      throws IOException {
    Parameters.of(uri).end();
    LoadPayload payload = find(id);
    FileChannel file = open(id, path(id, payload));
    return new SentFile(
            payload.mediaType(),
            payload.coding(),
            FileName.disposition(payload.name()).orElse(null),
            payload.bytes(),
            payload.sha256())
        .answer(file, uri, headers, request);
  }

  private LoadPayload find(String id) {
    Optional<LoadPayload> found =
        Digits.are(id, 18) ? stored.ofLoad(Long.parseLong(id)) : Optional.empty();
    return found.orElseThrow(() -> Problem.notFound("There is no load " + id + "."));
  }

  private static String path(String id, LoadPayload payload) {
    if (payload.removedAt() != null) {
      throw new Problem(
          ProblemType.GONE,
          "The file of load %s was removed at %s: %s."
              .formatted(id, payload.removedAt(), reason(payload.removedBecause())));
    } else if (payload.path() == null) {
      throw Problem.notFound("Load " + id + " came without a file.");
    }
    return payload.path();
  }

  private static String reason(@Nullable Removal because) {
    return because == Removal.SIZE
        ? "newer files needed the room of refdata.payloads.bytes"
        : "it was older than refdata.payloads.kept";
  }

  private FileChannel open(String id, String path) throws IOException {
    try {
      return FileChannel.open(files.path(path));
    } catch (NoSuchFileException e) {
      throw new Problem(
          ProblemType.GONE,
          "The file of load %s is not on disk any more; the platform has not removed it."
              .formatted(id));
    }
  }
}
