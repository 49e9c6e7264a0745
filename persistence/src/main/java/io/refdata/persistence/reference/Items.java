package io.refdata.persistence.reference;

import io.refdata.catalogue.Catalogue;
import io.refdata.codelist.CodeList;
import io.refdata.codelist.ListedCode;
import io.refdata.reference.Code;
import io.refdata.reference.Item;
import io.refdata.reference.ItemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.CacheMode;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

/**
 * The reference items on file. Items come from the second-level cache; what it lacks is fetched in
 * one statement a batch, whatever the length of the list. All calls want a transaction around them
 * and around whatever is done with the items.
 */
@ApplicationScoped
public class Items {
  @PersistenceContext private EntityManager entities;
  @Inject private PastItems past;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public Items() {}

  /** The items as an entity manager of one's own reads them. */
  public Items(EntityManager entities, PastItems past) {
    this.entities = entities;
    this.past = past;
  }

  /** A page of items. */
  public record Page(List<Item> items, boolean more) {}

  /** The item of that code, if it is on file. */
  public <E extends Item> Optional<E> find(ItemType<E> type, Code code) {
    return session().bySimpleNaturalId(type.entity()).loadOptional(code);
  }

  /** The code of a code list, if both are on file. */
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

  /** The item of that code in a past state; if that is null, what is on file of it. */
  public Optional<? extends Item> find(ItemType<?> type, Code code, @Nullable Past state) {
    return state == null ? find(type, code) : find(type, null, code, state);
  }

  /** The code of a code list in a past state; if that is null, what is on file of it. */
  public Optional<? extends Item> findCode(Code list, Code code, @Nullable Past state) {
    return state == null ? findCode(list, code) : find(Catalogue.CODES, list, code, state);
  }

  private Optional<Item> find(ItemType<?> type, @Nullable Code list, Code code, Past state) {
    List<Condition> same = List.of(new Condition.AnyOf(type.code(), List.of(code)));
    return past.list(new ItemList(type, list, same, List.of(), null, 1, state)).items().stream()
        .findFirst();
  }

  /** The items a list asks for, in its order, and whether more come after them. */
  public Page list(ItemList list) {
    if (list.past() != null) {
      return past.list(list);
    }
    List<Integer> ids = new ArrayList<>(query(ItemSql.page(list), Integer.class));
    boolean more = ids.size() > list.limit();
    if (more) {
      ids.remove(list.limit());
    }
    return new Page(load(list.type(), ids), more);
  }

  private List<Item> load(ItemType<?> type, List<Integer> ids) {
    return new ArrayList<>(
        session()
            .byMultipleIds(type.entity())
            .with(CacheMode.NORMAL)
            .enableSessionCheck(true)
            .multiLoad(ids));
  }

  /** Who refers to an item, the first few, as {@code facilities/ABC}. */
  List<String> referrers(ItemType<?> type, Item item, @Nullable Code list) {
    int id = java.util.Objects.requireNonNull(item.id());
    return query(ItemSql.referrers(type, id, item.code(), list), String.class);
  }

  private <T> List<T> query(ItemSql sql, Class<T> result) {
    NativeQuery<T> query = session().createNativeQuery(sql.sql(), result);
    for (int i = 0; i < sql.bound().size(); i++) {
      query.setParameter(i + 1, sql.bound().get(i));
    }
    return query.getResultList();
  }

  private Session session() {
    return entities.unwrap(Session.class);
  }
}
