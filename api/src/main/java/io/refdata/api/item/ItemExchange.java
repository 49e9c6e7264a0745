package io.refdata.api.item;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.refdata.api.problem.Problem;
import io.refdata.api.request.AsOf;
import io.refdata.api.request.Body;
import io.refdata.api.request.Parameters;
import io.refdata.api.request.Sender;
import io.refdata.api.response.Format;
import io.refdata.api.response.Representation;
import io.refdata.api.response.StreamedResponse;
import io.refdata.api.response.WriteConditions;
import io.refdata.domain.item.Item;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.fault.InvalidItem;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.item.Address;
import io.refdata.persistence.item.ItemDependencies;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.ItemValues;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.item.Past;
import io.refdata.persistence.item.query.ItemRows;
import io.refdata.persistence.item.query.ItemRows.Counting;
import io.refdata.persistence.item.write.ItemWriting;
import io.refdata.persistence.item.write.ItemWriting.Written;
import io.refdata.persistence.item.write.Items;
import io.refdata.persistence.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Handles the requests of all collections and of the codes of a code list. Writes run in
 * transactions. Each read is one statement and needs no transaction.
 */
@ApplicationScoped
class ItemExchange {

  @Inject private AsOf asOf;
  @Inject private Items items;
  @Inject private ItemRows rows;
  @Inject private ItemWriting writing;

  /**
   * A list of items, or of the codes of a code list. JSON, and any form with a limit, is a page;
   * the other forms without a limit are streams.
   *
   * @param owner the item that the list belongs to and that must exist; null if there is none
   */
  Response list(
      ListParameters list,
      @Nullable Code codeList,
      @Nullable Address owner,
      UriInfo uri,
      Request request)
      throws IOException {
    Format format = Format.chosen();
    if (format != Format.JSON && list.counting() != null) {
      throw Problem.parameter("count", "comes with application/json only");
    }
    Past past = asOf.of(uri);
    if (format != Format.JSON && list.limit().isEmpty()) {
      if (owner != null) {
        require(owner, Set.of(), past);
      }
      ItemList all = list.all(codeList, past);
      return StreamedResponse.of(
          out -> rows.stream(all, items -> write(list, format, items, out)), format);
    }
    ItemList selection = list.page(codeList, past);
    ItemRows.CountedPage countedPage = rows.page(selection, owner, list.counting());
    ItemRows.Page page = countedPage.page();
    String next = page.more() ? list.cursor(page.items().get(page.items().size() - 1)) : null;
    Representation representation =
        format == Format.JSON
            ? json(list, page, countedPage.count(), next)
            : bytes(list, format, page, next);
    return representation
        .dependingOn(() -> ItemDependencies.of(selection, page.items()))
        .read(request, uri)
        .build();
  }

  private static Representation json(
      ListParameters list, ItemRows.Page page, @Nullable Long count, @Nullable String next) {
    return Representation.part(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("items");
          for (ItemView item : page.items()) {
            ItemJson.write(item, list.fields().members(), json);
          }
          json.writeEndArray();
          json.writeStringField("next", next);
          if (count != null) {
            json.writeObjectFieldStart("count");
            json.writeNumberField("value", count);
            json.writeStringField(
                "kind", list.counting() == Counting.EXACT ? "exact" : "estimated");
            json.writeEndObject();
          }
          json.writeEndObject();
        },
        next);
  }

  private static Representation bytes(
      ListParameters list, Format format, ItemRows.Page page, @Nullable String next)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(list, format, page.items().iterator(), out);
    return Representation.part(out.toByteArray(), format.type(), next);
  }

  private static void write(
      ListParameters list, Format format, Iterator<ItemView> items, OutputStream out)
      throws IOException {
    if (format == Format.CSV) {
      ItemCsv.write(list.type(), list.fields(), items, out);
    } else {
      ItemNdjson.write(list.fields(), items, out);
    }
  }

  /** Reads an item with its expanded items, in one statement. */
  Response get(Address address, UriInfo uri, Request request) {
    ItemType<?> type = address.type();
    Parameters parameters = Parameters.of(uri);
    ItemFields fields = ItemFields.of(type, parameters);
    AsOf.check(parameters);
    parameters.end();
    Past past = asOf.of(uri);
    ItemView item = require(address, fields.expand(), past);
    return representation(item, fields)
        .dependingOn(() -> ItemDependencies.of(address, fields.expand(), past, item))
        .read(request)
        .build();
  }

  private ItemView require(Address address, Set<String> expand, @Nullable Past past) {
    return rows.page(ItemList.of(address, expand, past)).items().stream()
        .findFirst()
        .orElseThrow(address::noSuchItem);
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
            current -> patchedValues(address, current, patch),
            WriteConditions.of(headers),
            Sender.author(headers, security));
    return written(address, item, Response.ok());
  }

  private static ItemValues patchedValues(Address address, ItemView current, JsonNode patch) {
    try (TokenBuffer tokens = new TokenBuffer(Json.MAPPER, false)) {
      ItemJson.write(current, ItemFields.all(address.type()).members(), tokens);
      JsonNode merged = MergePatch.apply(Json.MAPPER.readTree(tokens.asParser()), patch);
      return ItemBody.parse(address.type(), address.code(), merged);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Transactional
  Response delete(Address address, HttpHeaders headers, SecurityContext security, UriInfo uri) {
    Parameters.of(uri).end();
    writing.delete(address, WriteConditions.of(headers), Sender.author(headers, security));
    return Response.noContent().build();
  }

  private Response written(Address address, Item item, Response.ResponseBuilder response) {
    return representation(items.view(address.type(), item), ItemFields.all(address.type()))
        .written(response)
        .build();
  }

  private static Representation representation(ItemView item, ItemFields fields) {
    return Representation.item(
        item.version(), json -> ItemJson.write(item, fields.members(), json));
  }
}
