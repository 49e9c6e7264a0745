package io.refdata.persistence.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.fault.InvalidItem;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.fault.Precondition;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.layout.Layout;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.domain.revision.Author;
import io.refdata.persistence.dataset.Datasets;
import io.refdata.persistence.item.write.Items;
import io.refdata.persistence.revision.AuditRows;
import io.refdata.persistence.revision.Revisions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.query.SelectionQuery;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The stored layouts. Each call is a transaction of its own unless it runs in one. */
@ApplicationScoped
@Transactional
public class Layouts {
  @PersistenceContext private EntityManager entities;
  @Inject private Revisions revisions;
  @Inject private Datasets datasets;
  @Inject private Items items;
  @Inject private Jdbi jdbi;

  /** The result of a write. */
  public record Written(Layout layout, boolean created) {}

  public Optional<Layout> find(Code name) {
    return session().bySimpleNaturalId(Layout.class).loadOptional(name);
  }

  /** At most {@code limit} layouts in the order of names, after the given name. */
  public List<Layout> list(@Nullable Code after, int limit) {
    SelectionQuery<Layout> query =
        session()
            .createSelectionQuery(
                "select l from Layout l"
                    + (after == null ? "" : " where l.code > :after")
                    + " order by l.code",
                Layout.class)
            .setMaxResults(limit);
    if (after != null) {
      query.setParameter("after", after);
    }
    return query.getResultList();
  }

  /**
   * Creates a layout or replaces its definition, for future loads.
   *
   * @param body a definition as a JSON object, with or without the name, which must be this one
   * @throws InvalidItem if it is not a definition, or makes no sense for its target
   */
  public Written put(Code name, JsonNode body, Precondition precondition, Author author) {
    revisions.open(author);
    Layout present = locked(name).orElse(null);
    precondition.checkVersion(name, present == null ? null : present.version());
    List<Fault> faults = new ArrayList<>();
    ObjectNode definition = body.deepCopy();
    JsonNode given = definition.remove("name");
    if (given != null && !given.isNull() && !given.asText().equals(name.value())) {
      faults.add(new Fault("/name", "differs from the name in the URL, and a name never changes"));
    }
    check(definition, faults);
    if (!faults.isEmpty()) {
      throw new InvalidItem(faults);
    }
    String stored = LayoutJson.write(definition);
    if (present == null) {
      Layout created = new Layout(name, stored);
      created.beginAt(
          jdbi.withHandle(handle -> AuditRows.firstVersion(handle, "raw.layout", name, null)));
      entities.persist(created);
      entities.flush();
      return new Written(created, true);
    }
    present.redefine(stored);
    entities.flush();
    return new Written(present, false);
  }

  /** The faults of a definition, without its name; empty if it could be stored. */
  public List<Fault> faults(JsonNode definition) {
    List<Fault> faults = new ArrayList<>();
    check(definition, faults);
    return faults;
  }

  private void check(JsonNode definition, List<Fault> faults) {
    LayoutDefinition read = LayoutJson.read(definition, faults);
    LayoutChecks.check(
        read, datasets, list -> items.find(Catalogue.CODE_LISTS, list).isPresent(), faults);
  }

  /** Deletes a layout; loads that arrived with it go on with the definition as it was. */
  public void delete(Code name, Precondition precondition, Author author) {
    revisions.open(author);
    Layout layout = locked(name).orElseThrow(() -> new NoSuchItem("layouts", name.value()));
    precondition.checkVersion(name, layout.version());
    entities.remove(layout);
    entities.flush();
  }

  /**
   * The layout as it is in the database now, without any cache; locked until the transaction ends.
   */
  private Optional<Layout> locked(Code name) {
    return find(name)
        .map(
            found -> {
              Layout layout = Hibernate.unproxy(found, Layout.class);
              entities.refresh(layout, LockModeType.PESSIMISTIC_WRITE);
              return layout;
            });
  }

  private Session session() {
    return entities.unwrap(Session.class);
  }
}
