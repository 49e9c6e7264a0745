package io.refdata.persistence.item.query;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.persistence.item.ItemView.Reference;
import io.refdata.persistence.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The columns of the items of an {@link ExpandedPage}. What is expanded in them is not joined: it
 * comes in rows of its own, which an item finds by their key.
 */
final class PageSelection extends ItemSelection {
  private static final String ITEM = "i";

  private final List<PagePart> parts = new ArrayList<>();

  private PageSelection() {
    super(new Sql(), "j", Map.of(), true);
  }

  /** The parts of a page of a type: its items, then what each expanded name stands for. */
  static List<PagePart> parts(ItemType<?> type, Set<String> expand) {
    PageSelection page = new PageSelection();
    ItemReader reader = page.item(type, ITEM, expand);
    List<PagePart> parts = new ArrayList<>();
    parts.add(PagePart.of(page, " from page i" + page.joins(), reader));
    parts.addAll(page.parts);
    return parts;
  }

  @Override
  ValueReader expanded(ItemType<?> target, String id) {
    ItemSelection item = new ItemSelection(new Sql(), "r", Map.of(), true);
    item.column("e.id", PropertyKind.INTEGER);
    ItemReader reader = item.item(target, "e", Set.of());
    int part =
        add(
            item,
            SqlText.of(
                    " from <items> e<joins>\n"
                        + " where e.id = any(array(select <id> from page i))")
                .with("items", target.table())
                .with("joins", item.joins())
                .with("id", id)
                .text(),
            reader);
    int key = column(id, PropertyKind.INTEGER);
    return row -> ((PageRow) row).found().item(part, row.get(key, PropertyKind.INTEGER));
  }

  @Override
  ValueReader children(Catalogue.Children children, String parent) {
    ItemSelection item = new ChildSelection(children.parent());
    item.column("c." + children.parent().column(), PropertyKind.INTEGER);
    ItemReader reader = item.item(children.type(), "c", Set.of());
    int part =
        add(
            item,
            SqlText.of(
                    " from <items> c<joins>\n"
                        + " where c.<reference> = any(array(select i.id from page i))"
                        + " order by c.code")
                .with("items", children.type().table())
                .with("joins", item.joins())
                .with("reference", children.parent().column())
                .text(),
            reader);
    int key = column(parent + ".id", PropertyKind.INTEGER);
    int code = column(parent + ".code", PropertyKind.CODE);
    int name = column(parent + ".name", PropertyKind.TEXT);
    return row ->
        ((PageRow) row)
            .found()
            .items(
                part,
                row.get(key, PropertyKind.INTEGER),
                new Reference(
                    Objects.toString(row.get(code, PropertyKind.CODE)),
                    Objects.toString(row.get(name, PropertyKind.TEXT))));
  }

  private int add(ItemSelection item, String from, ItemReader reader) {
    parts.add(PagePart.of(item, from, reader));
    return parts.size();
  }

  /** The columns of items that refer to one of the page, without those of that one. */
  private static final class ChildSelection extends ItemSelection {
    private ChildSelection(Property parent) {
      super(new Sql(), "r", Map.of(parent, ITEM), true);
    }

    @Override
    ValueReader present(String alias) {
      return row -> ((PageRow) row).parent();
    }
  }
}
