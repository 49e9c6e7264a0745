package io.refdata.api.item;

import io.refdata.api.cache.Reads;
import io.refdata.api.problem.Problem;
import io.refdata.api.request.AsOf;
import io.refdata.api.request.Parameters;
import io.refdata.api.request.PathCode;
import io.refdata.api.request.ReadRequest;
import io.refdata.api.response.AcceptFilter;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Format;
import io.refdata.api.response.Representation;
import io.refdata.api.route.Route;
import io.refdata.api.table.ParquetTable;
import io.refdata.api.table.XlsxTable;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.revision.Revision;
import io.refdata.persistence.item.Address;
import io.refdata.persistence.item.ItemDependencies;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.item.Past;
import io.refdata.persistence.item.query.ItemRows;
import io.refdata.persistence.item.query.ItemRows.Counting;
import io.refdata.persistence.revision.LastChanges;
import io.refdata.persistence.revision.LastModified;
import io.undertow.server.HttpServerExchange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads items, and lists of items and of the codes of a code list. Each read is one statement and
 * needs no transaction.
 */
@ApplicationScoped
class ItemReads {
  private static final List<MediaType> JSON = List.of(MediaType.APPLICATION_JSON_TYPE);

  @Inject private AsOf asOf;
  @Inject private ItemRows rows;
  @Inject private GatheredItems gathered;
  @Inject private LastChanges changes;

  void publish(
      @Observes @Initialized(ApplicationScoped.class) ServletContext context, Reads reads) {
    reads.add(Route.LIST, (exchange, request) -> list(exchange, request, request.name(0)));
    reads.add(Route.CODES, (exchange, request) -> list(exchange, request, codes(request)));
    reads.add(Route.ITEM, (exchange, request) -> get(exchange, request, request.name(0), 1));
    reads.add(Route.CODE, (exchange, request) -> get(exchange, request, codes(request), 3));
    reads.gather(Route.ITEM, exchanges -> readAhead(exchanges, request -> request.name(0), 1));
    reads.gather(Route.CODE, exchanges -> readAhead(exchanges, ItemReads::codes, 3));
  }

  private static String codes(ReadRequest request) {
    return "code-lists/" + request.name(1) + "/codes";
  }

  private Representation list(HttpServerExchange exchange, ReadRequest request, String collection)
      throws IOException {
    Parameters parameters = Parameters.of(request.parameters());
    Delivery delivery = Delivery.of(exchange, parameters, Format.ALL);
    ItemSet items = items(collection);
    ListParameters list = ListParameters.of(items.type(), request.path(), parameters);
    requireCountable(list, delivery);
    return page(
        list,
        delivery,
        items.list(),
        owner(items),
        asOf.of(request.parameters()),
        modified(request.parameters()));
  }

  private Representation get(
      HttpServerExchange exchange, ReadRequest request, String collection, int position) {
    AcceptFilter.requireAcceptable(exchange, JSON);
    GatheredItems.Found found = GatheredItems.of(exchange);
    if (found == null) {
      return get(address(collection, request.name(position)), request.parameters());
    }
    ItemView item = found.take();
    if (item == null) {
      throw found.wanted().address().noSuchItem();
    }
    return representation(found.wanted().address(), found.wanted().fields(), null, item)
        .modified(found.wanted().modified());
  }

  private void readAhead(
      List<HttpServerExchange> exchanges, Function<ReadRequest, String> collection, int position) {
    List<GatheredItems.Wanted> wanted = new ArrayList<>();
    for (HttpServerExchange exchange : exchanges) {
      try {
        ReadRequest request = ReadRequest.of(exchange);
        if (!request.has(AsOf.NAME)) {
          Address address = address(collection.apply(request), request.name(position));
          Parameters parameters = Parameters.of(request.parameters());
          ItemFields fields = ItemFields.of(address.type(), parameters);
          parameters.end();
          wanted.add(
              new GatheredItems.Wanted(exchange, address, fields, modified(request.parameters())));
        }
      } catch (RuntimeException e) {
        // It is found again, and reported, when the request is answered.
      }
    }
    gathered.read(wanted);
  }

  /** The items of a collection, or the codes of a code list. */
  static ItemSet items(String collection) {
    return ItemSet.named(collection)
        .orElseThrow(() -> Problem.notFound("There is no collection " + collection + "."));
  }

  /** The address of an item in a collection, or of a code in a code list. */
  static Address address(String collection, String code) {
    ItemSet items = items(collection);
    return new Address(items.type(), items.list(), PathCode.of(code));
  }

  /**
   * The code list of a list of codes, which must exist: an empty list of codes is different from a
   * code list that does not exist.
   */
  static @Nullable Address owner(ItemSet items) {
    return items.list() == null ? null : new Address(Catalogue.CODE_LISTS, null, items.list());
  }

  /**
   * The last change of any reference data, after {@code asOf} is understood and before it is read.
   */
  @Nullable LastModified modified(Map<String, List<String>> parameters) {
    return changes.of(AsOf.instant(parameters), Revision.REFERENCE_DATA);
  }

  /** Requires that a list that is counted comes in JSON. */
  static void requireCountable(ListParameters list, Delivery delivery) {
    if (delivery.format() != Format.JSON && list.counting() != null) {
      throw Problem.parameter("count", "comes with application/json only");
    }
  }

  /**
   * A page of items, or of the codes of a code list.
   *
   * @param owner the item that the list belongs to and that must exist; null if there is none
   * @param modified the last change of anything in it, as it was before
   */
  Representation page(
      ListParameters list,
      Delivery delivery,
      @Nullable Code codeList,
      @Nullable Address owner,
      @Nullable Past past,
      @Nullable LastModified modified)
      throws IOException {
    ItemList selection = list.page(codeList, past);
    ItemRows.CountedPage countedPage = rows.page(selection, owner, list.counting());
    ItemRows.Page page = countedPage.page();
    String next = page.more() ? list.cursor(page.items().get(page.items().size() - 1)) : null;
    Representation representation =
        delivery.format() == Format.JSON
            ? json(list, page, countedPage.count(), next)
            : bytes(list, delivery, page, next);
    return representation
        .delivered(delivery)
        .modified(modified)
        .dependingOn(() -> ItemDependencies.of(selection, page.items()));
  }

  /** All items of a list, written one by one. */
  StreamingOutput stream(
      ListParameters list,
      Delivery delivery,
      @Nullable Code codeList,
      @Nullable Address owner,
      @Nullable Past past) {
    if (owner != null) {
      require(owner, Set.of(), past);
    }
    ItemList all = list.all(codeList, past);
    return out -> rows.stream(all, items -> write(list, delivery, items, out));
  }

  private static Representation json(
      ListParameters list, ItemRows.Page page, @Nullable Long count, @Nullable String next) {
    return Representation.part(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("items");
          ItemJson items = new ItemJson(json);
          for (ItemView item : page.items()) {
            items.write(item, list.fields().members());
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
      ListParameters list, Delivery delivery, ItemRows.Page page, @Nullable String next)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(list, delivery, page.items().iterator(), out);
    return Representation.part(out.toByteArray(), delivery.format().type(), next);
  }

  private static void write(
      ListParameters list, Delivery delivery, Iterator<ItemView> items, OutputStream out)
      throws IOException {
    ShownColumns columns = new ShownColumns(list.type(), list.fields());
    switch (delivery.format()) {
      case CSV -> ItemCsv.write(columns, delivery.mark(), items, out);
      case XLSX -> ItemTable.write(columns, items, new XlsxTable(columns.table(), out));
      case PARQUET -> ItemTable.write(columns, items, new ParquetTable(columns.table(), out));
      case NDJSON -> ItemNdjson.write(list.fields(), items, out);
      case JSON -> throw new IllegalStateException("JSON is built as a page");
    }
  }

  /** Reads an item with its expanded items, in one statement. */
  Representation get(Address address, Map<String, List<String>> given) {
    Parameters parameters = Parameters.of(given);
    ItemFields fields = ItemFields.of(address.type(), parameters);
    AsOf.check(parameters);
    parameters.end();
    Past past = asOf.of(given);
    LastModified modified = modified(given);
    return representation(address, fields, past, require(address, fields.expand(), past))
        .modified(modified);
  }

  private static Representation representation(
      Address address, ItemFields fields, @Nullable Past past, ItemView item) {
    return representation(item, fields)
        .dependingOn(() -> ItemDependencies.of(address, fields.expand(), past, item));
  }

  private ItemView require(Address address, Set<String> expand, @Nullable Past past) {
    return rows.page(ItemList.of(address, expand, past)).items().stream()
        .findFirst()
        .orElseThrow(address::noSuchItem);
  }

  /** An item with its version. */
  static Representation representation(ItemView item, ItemFields fields) {
    return Representation.item(
        item.version(), json -> new ItemJson(json).write(item, fields.members()));
  }
}
