package io.refdata.perf.sabotage;

import io.refdata.domain.item.value.Code;
import io.refdata.persistence.item.Address;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.item.query.ItemRows;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Reads lists in the wrong way: first which items there are, then each item by its own query. */
@Alternative
@Priority(1)
@Dependent
public class OneByOne extends ItemRows {
  @Inject
  public OneByOne(Jdbi jdbi) {
    super(jdbi);
  }

  @Override
  public Page page(ItemList list) {
    Page page = super.page(list);
    List<ItemView> items = page.items().stream().map(item -> one(list, item)).toList();
    return new Page(items, page.more());
  }

  private ItemView one(ItemList list, ItemView item) {
    Code code = new Code(item.code());
    Address address = new Address(list.type(), list.list(), code);
    return super.page(ItemList.of(address, list.expand(), list.past())).items().get(0);
  }
}
