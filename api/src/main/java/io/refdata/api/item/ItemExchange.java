package io.refdata.api.item;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
 * What can be asked of any collection, and of the codes of a code list. Writes are transactions;
 * reads are one statement each and need none.
 */
@ApplicationScoped
class ItemExchange {
  private static final JsonMapper JSON = new JsonMapper();

  @Inject private AsOf asOf;
  @Inject private Items items;
  @Inject private ItemRows rows;
  @Inject private ItemWriting writing;

  /**
   * A list, of a code list its codes. JSON and what has a limit is a page, the rest a stream.
   *
   * @param of the item that the list belongs to, and that has to be there; null if it is of none
   */
  Response list(
      ListParameters list,
      @Nullable Code codeList,
      @Nullable Address of,
      UriInfo uri,
      Request request)
      throws IOException {
    Format form = Format.chosen();
    if (form != Format.JSON && list.counting() != null) {
      throw Problem.parameter("count", "comes with application/json only");
    }
    Past past = asOf.of(uri);
    if (form != Format.JSON && list.limit().isEmpty()) {
      if (of != null) {
        require(of, Set.of(), past);
      }
      ItemList all = list.all(codeList, past);
      return StreamedResponse.of(
          out -> rows.stream(all, items -> write(list, form, items, out)), form);
    }
    ItemList wanted = list.page(codeList, past);
    ItemRows.CountedPage counted = rows.page(wanted, of, list.counting());
    ItemRows.Page page = counted.page();
    String next = page.more() ? list.cursor(page.items().get(page.items().size() - 1)) : null;
    Representation answer =
        form == Format.JSON
            ? json(list, page, counted.count(), next)
            : bytes(list, form, page, next);
    return answer
        .dependingOn(() -> ItemDependencies.of(wanted, page.items()))
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
            ItemJson.write(item, list.shape().members(), json);
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
      ListParameters list, Format form, ItemRows.Page page, @Nullable String next)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(list, form, page.items().iterator(), out);
    return Representation.part(out.toByteArray(), form.type(), next);
  }

  private static void write(
      ListParameters list, Format form, Iterator<ItemView> items, OutputStream out)
      throws IOException {
    if (form == Format.CSV) {
      ItemCsv.write(list.type(), list.shape(), items, out);
    } else {
      ItemNdjson.write(list.shape(), items, out);
    }
  }

  /** An item, with what is expanded, in one statement. */
  Response get(Address address, UriInfo uri, Request request) {
    ItemType<?> type = address.type();
    Parameters parameters = Parameters.of(uri);
    ItemFields shape = ItemFields.of(type, parameters);
    AsOf.check(parameters);
    parameters.end();
    Past past = asOf.of(uri);
    ItemView item = require(address, shape.expand(), past);
    return answer(item, shape)
        .dependingOn(() -> ItemDependencies.of(address, shape.expand(), past, item))
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
            present -> patched(address, present, patch),
            WriteConditions.of(headers),
            Sender.author(headers, security));
    return written(address, item, Response.ok());
  }

  private static ItemValues patched(Address address, ItemView present, JsonNode patch) {
    try (TokenBuffer tokens = new TokenBuffer(JSON, false)) {
      ItemJson.write(present, ItemFields.whole(address.type()).members(), tokens);
      JsonNode merged = MergePatch.apply(JSON.readTree(tokens.asParser()), patch);
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
    return answer(items.view(address.type(), item), ItemFields.whole(address.type()))
        .written(response)
        .build();
  }

  private static Representation answer(ItemView item, ItemFields shape) {
    return Representation.item(item.version(), json -> ItemJson.write(item, shape.members(), json));
  }
}
