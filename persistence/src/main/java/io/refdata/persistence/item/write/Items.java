package io.refdata.persistence.item.write;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.catalogue.CodeList;
import io.refdata.domain.catalogue.ListedCode;
import io.refdata.domain.item.Item;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.item.Address;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.item.query.ItemRows;
import io.refdata.persistence.item.query.Sql;
import io.refdata.persistence.sql.SqlText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The stored reference items, one by one, through the second-level cache. All calls need a
 * transaction that also covers the use of the items. {@link ItemRows} reads lists.
 */
@ApplicationScoped
public class Items {
  @PersistenceContext private EntityManager entities;
  @Inject private Jdbi jdbi;

  /** The item of that code, if it exists. */
  public <E extends Item> Optional<E> find(ItemType<E> type, Code code) {
    return session().bySimpleNaturalId(type.entity()).loadOptional(code);
  }

  /** The item at that address, if it exists. */
  public Optional<? extends Item> find(Address address) {
    return address.list() == null
        ? find(address.type(), address.code())
        : findCode(address.list(), address.code());
  }

  /**
   * The item at that address as it is in the database when all earlier writers of the reference
   * data have ended. From then on the transaction holds their lock, so no other one can change the
   * item.
   */
  Optional<Item> findLocked(Address address) {
    Code list = address.list();
    NativeQuery<? extends Item> query =
        session()
            .createNativeQuery(
                SqlText.of("select i.* from ref.find_locked(cast(null as <items>), :code, :list) i")
                    .with("items", address.type().table())
                    .text(),
                address.type().entity());
    query.setParameter("code", address.code().value());
    query.setParameter("list", list == null ? null : list.value(), String.class);
    return query.uniqueResultOptional().map(Item.class::cast);
  }

  /** The code of a code list, if both exist. */
  public Optional<ListedCode> findCode(Code list, Code code) {
    return find(Catalogue.CODE_LISTS, list).flatMap(found -> findCode(found, code));
  }

  private Optional<ListedCode> findCode(CodeList list, Code code) {
    return session()
        .byNaturalId(ListedCode.class)
        .using("list", list)
        .using("code", code)
        .loadOptional();
  }

  /** The item as clients see it. */
  public ItemView view(ItemType<?> type, Item item) {
    return ItemView.of(type, item, codes -> names(Catalogue.ORGANIZATIONS, codes));
  }

  /** The names of the items of these codes, as far as they exist. */
  Map<Code, String> names(ItemType<?> type, List<Code> codes) {
    Sql sql = new Sql();
    sql.add("select i.code, i.name from ").add(type.table()).add(" i where i.code");
    sql.add(sql.isOneOf(codes));
    return jdbi.withHandle(
        handle ->
            sql.query(handle)
                .map((row, context) -> Map.entry(new Code(row.getString(1)), row.getString(2)))
                .collectToMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** The first few items that refer to an item, each like {@code facilities/ABC}. */
  List<String> referrers(ItemType<?> type, Item item, @Nullable Code list) {
    int id = Objects.requireNonNull(item.id());
    return jdbi.withHandle(
        handle ->
            Referrers.of(type, list, List.of(id), List.of(item.code()), List.of(id))
                .query(handle)
                .map((row, context) -> row.getString("referrer"))
                .list());
  }

  /** True if an item is the same as another, or a descendant of it at any depth. */
  boolean isSameOrBelow(ItemType<?> type, Item item, Item other) {
    if (item.id() == null || other.id() == null) {
      return item.equals(other);
    }
    Sql sql = new Sql();
    sql.add(
        SqlText.of(
                """
                with recursive up as (
                  select i.id, i.parent_id from <items> i where i.id = <item>
                  union
                  select i.id, i.parent_id from <items> i join up on i.id = up.parent_id)
                select exists (select from up where id = <other>)
                """)
            .with("items", type.table())
            .with("item", sql.bind(Objects.requireNonNull(item.id())))
            .with("other", sql.bind(Objects.requireNonNull(other.id())))
            .text());
    return jdbi.withHandle(handle -> sql.query(handle).mapTo(Boolean.class).one());
  }

  private Session session() {
    return entities.unwrap(Session.class);
  }
}
