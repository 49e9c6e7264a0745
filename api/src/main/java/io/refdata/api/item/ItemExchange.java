package io.refdata.api.item;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.request.AsOf;
import io.refdata.api.request.Body;
import io.refdata.api.request.Parameters;
import io.refdata.api.request.Sender;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Format;
import io.refdata.api.response.Representation;
import io.refdata.api.response.StreamedResponse;
import io.refdata.api.response.WriteConditions;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.item.Item;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.fault.InvalidItem;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.item.Address;
import io.refdata.persistence.item.Past;
import io.refdata.persistence.item.batch.Batch;
import io.refdata.persistence.item.batch.ItemBatches;
import io.refdata.persistence.item.write.ItemWriting;
import io.refdata.persistence.item.write.ItemWriting.Written;
import io.refdata.persistence.item.write.Items;
import io.refdata.persistence.revision.LastModified;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Handles the requests of all collections and of the codes of a code list. Writes run in
 * transactions.
 */
@ApplicationScoped
class ItemExchange {

  @Inject private AsOf asOf;
  @Inject private Items items;
  @Inject private ItemReads reads;
  @Inject private ItemWriting writing;
  @Inject private ItemBatches batches;

  /**
   * A list of items, or of the codes of a code list. JSON, and any form with a limit, is a page;
   * the other forms without a limit are streams.
   *
   * @param owner the item that the list belongs to and that must exist; null if there is none
   */
  Response list(
      ListParameters list,
      Delivery delivery,
      @Nullable Code codeList,
      @Nullable Address owner,
      UriInfo uri,
      Request request)
      throws IOException {
    ItemReads.requireCountable(list, delivery);
    Past past = asOf.of(uri);
    LastModified modified = reads.modified(uri.getQueryParameters());
    if (delivery.format() != Format.JSON && list.limit().isEmpty()) {
      return StreamedResponse.of(
          reads.stream(list, delivery, codeList, owner, past), delivery, modified);
    }
    return reads.page(list, delivery, codeList, owner, past, modified).read(request, uri).build();
  }

  Response get(Address address, UriInfo uri, Request request) {
    return reads.get(address, uri.getQueryParameters()).read(request).build();
  }

  @Transactional
  Response put(
      Address address, InputStream body, HttpHeaders headers, SecurityContext security, UriInfo uri)
      throws IOException {
    Parameters.of(uri).end();
    Written written =
        writing.put(
            address,
            ItemBody.parse(address.type(), address.code(), Body.object(body)),
            WriteConditions.of(headers),
            Sender.author(headers, security));
    return written(
        address, written.item(), written.created() ? Representation.created(uri) : Response.ok());
  }

  @Transactional
  Response patch(
      Address address, InputStream body, HttpHeaders headers, SecurityContext security, UriInfo uri)
      throws IOException {
    Parameters.of(uri).end();
    JsonNode patch = Body.object(body);
    if (patch.path("code").isNull()) {
      throw new InvalidItem(List.of(new Fault("/code", "cannot be removed")));
    }
    Item item =
        writing.patch(
            address,
            current -> ItemBody.patched(address.type(), address.code(), current, patch),
            WriteConditions.of(headers),
            Sender.author(headers, security));
    return written(address, item, Response.ok());
  }

  @Transactional
  Response delete(Address address, HttpHeaders headers, SecurityContext security, UriInfo uri) {
    Parameters.of(uri).end();
    writing.delete(address, WriteConditions.of(headers), Sender.author(headers, security));
    return Response.noContent().build();
  }

  /** Writes many items of a collection or a code list at once: all of them, or none. */
  Response batch(
      ItemSet set, InputStream body, HttpHeaders headers, SecurityContext security, UriInfo uri)
      throws IOException {
    Parameters.of(uri).end();
    boolean lines = !MediaType.APPLICATION_JSON_TYPE.isCompatible(headers.getMediaType());
    BatchBody batch = BatchBody.read(set, body, lines, values -> batches.violations(set, values));
    Batch written =
        batches.write(set, batch.operations(), batch.faults(), Sender.author(headers, security));
    return Representation.of(json -> write(written, json)).written(Response.ok()).build();
  }

  private static void write(Batch batch, JsonGenerator json) throws IOException {
    json.writeStartObject();
    if (batch.revision() == null) {
      json.writeNullField("revision");
    } else {
      json.writeNumberField("revision", batch.revision());
    }
    json.writeArrayFieldStart("items");
    for (Batch.Done item : batch.items()) {
      json.writeStartObject();
      json.writeStringField("code", item.code().value());
      json.writeStringField("status", item.status().name());
      json.writeNumberField("version", item.version());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private Response written(Address address, Item item, Response.ResponseBuilder response) {
    return ItemReads.representation(
            items.view(address.type(), item), ItemFields.all(address.type()))
        .written(response)
        .build();
  }
}
