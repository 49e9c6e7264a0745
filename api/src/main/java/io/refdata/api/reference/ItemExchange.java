package io.refdata.api.reference;

import io.refdata.api.answer.Answer;
import io.refdata.api.answer.Preconditions;
import io.refdata.api.request.AsOf;
import io.refdata.api.request.Sender;
import io.refdata.persistence.reference.ItemList;
import io.refdata.persistence.reference.ItemWriting;
import io.refdata.persistence.reference.ItemWriting.Address;
import io.refdata.persistence.reference.ItemWriting.Written;
import io.refdata.persistence.reference.Items;
import io.refdata.reference.Code;
import io.refdata.reference.Item;
import io.refdata.reference.ItemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** What can be asked of any collection, and of the codes of a code list. */
@ApplicationScoped
class ItemExchange {
  @Inject private Items items;
  @Inject private AsOf asOf;
  @Inject private ItemWriting writing;

  Response list(ItemType<?> type, @Nullable Code codeList, UriInfo uri, Request request) {
    ListParameters parameters = ListParameters.parse(type, uri.getPath(), uri.getQueryParameters());
    ItemList wanted = parameters.of(codeList).asOf(asOf.of(uri));
    Items.Page page = items.list(wanted);
    String next = page.more() ? parameters.cursor(page.items().get(page.items().size() - 1)) : null;
    return Answer.<Item>page(page.items(), (item, json) -> ItemJson.write(type, item, json), next)
        .read(request, uri)
        .build();
  }

  Response get(ItemType<?> type, Item item, Request request) {
    return answer(type, item).read(request).build();
  }

  Response put(
      Address address, InputStream body, HttpHeaders headers, SecurityContext security, UriInfo uri)
      throws IOException {
    Written written =
        writing.put(
            address,
            ItemBody.parse(address.type(), address.code(), body),
            Preconditions.of(headers),
            Sender.author(headers, security));
    return answer(address.type(), written.item())
        .written(written.created() ? Response.created(uri.getAbsolutePath()) : Response.ok())
        .build();
  }

  Response delete(Address address, HttpHeaders headers, SecurityContext security) {
    writing.delete(address, Preconditions.of(headers), Sender.author(headers, security));
    return Response.noContent().build();
  }

  private static Answer answer(ItemType<?> type, Item item) {
    return Answer.item(item.version(), json -> ItemJson.write(type, item, json));
  }
}
