package io.refdata.persistence.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.DatasetInUse;
import io.refdata.domain.feature.FeatureDataset;
import io.refdata.domain.feature.FeaturePlan;
import io.refdata.domain.feature.FeatureSet;
import io.refdata.domain.feature.FeatureSetDefinition;
import io.refdata.domain.feature.FeatureSetKind;
import io.refdata.domain.feature.FeatureSetVersionFixed;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.fault.InvalidItem;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.fault.Precondition;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.revision.Author;
import io.refdata.persistence.dataset.Datasets;
import io.refdata.persistence.freshness.Change;
import io.refdata.persistence.freshness.Dependencies;
import io.refdata.persistence.json.Members;
import io.refdata.persistence.revision.AuditRows;
import io.refdata.persistence.revision.Revisions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.query.SelectionQuery;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The stored feature sets. Each call is a transaction of its own unless it runs in one. */
@ApplicationScoped
@Transactional
public class FeatureSets {
  private static final String TABLE = "curated.feature_set";

  @PersistenceContext private EntityManager entities;
  @Inject private Revisions revisions;
  @Inject private Datasets datasets;
  @Inject private Jdbi jdbi;

  /** The result of a write. */
  public record Written(FeatureSet set, boolean created) {}

  /** The dependencies that change when a feature set is written or deleted. */
  public static Dependencies dependencies(Code code) {
    return new Dependencies().add("feature-sets/" + code);
  }

  public Optional<FeatureSet> find(Code code) {
    return session().bySimpleNaturalId(FeatureSet.class).loadOptional(code);
  }

  /** An earlier version as it was last, or the newest; empty if there is none of that number. */
  public Optional<FeatureSet> find(Code code, int number) {
    Optional<FeatureSet> newest = find(code);
    return newest.filter(set -> set.number() == number).isPresent()
        ? newest
        : newest.flatMap(set -> earlier(set, number));
  }

  private Optional<FeatureSet> earlier(FeatureSet newest, int number) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select a.name, a.definition
                      from curated.feature_set_aud a
                     where a.code = :code and a.number = :number and a.revtype <> 2
                     order by a.rev desc
                     limit 1
                    """)
                .bind("code", newest.code().value())
                .bind("number", number)
                .map(
                    (row, context) -> {
                      FeatureSet set =
                          new FeatureSet(newest.code(), row.getString(1), number, row.getString(2));
                      set.beginAt(newest.version());
                      return set;
                    })
                .findOne());
  }

  /** At most {@code limit} feature sets in the order of codes, after the given code. */
  public List<FeatureSet> list(@Nullable Code after, int limit) {
    SelectionQuery<FeatureSet> query =
        session()
            .createSelectionQuery(
                "select f from FeatureSet f"
                    + (after == null ? "" : " where f.code > :after")
                    + " order by f.code",
                FeatureSet.class)
            .setMaxResults(limit);
    if (after != null) {
      query.setParameter("after", after);
    }
    return query.getResultList();
  }

  /**
   * Creates a feature set, replaces its newest version if nobody has read it, or adds a version.
   *
   * @param body a definition as a JSON object, with name and version
   * @throws InvalidItem if it is not a definition, or does not fit the datasets
   * @throws FeatureSetVersionFixed if the version was read, or there is a later one
   * @throws DatasetInUse if its rows would stand where a dataset is
   */
  public Written put(Code code, JsonNode body, Precondition precondition, Author author) {
    Change change = revisions.open(author);
    FeatureSet present = locked(code).orElse(null);
    precondition.checkVersion(code, present == null ? null : present.version());
    List<Fault> faults = new ArrayList<>();
    ObjectNode definition = body.deepCopy();
    ObjectNode head = definition.objectNode();
    for (String name : List.of("code", "name", "version")) {
      JsonNode given = definition.remove(name);
      if (given != null) {
        head.set(name, given);
      }
    }
    Members members = Members.of(head, faults);
    String name = members.filledText("name").orElse(code.value());
    int number = members.wholeNumber("version", 1, Integer.MAX_VALUE).orElse(1);
    members
        .text("code")
        .filter(given -> !given.equals(code.value()))
        .ifPresent(given -> members.fault("code", "differs from that in the URL"));
    check(definition, faults);
    if (!faults.isEmpty()) {
      throw new InvalidItem(faults);
    }
    requireOpen(code, number, definition, present);
    if (present == null) {
      requireFree(code);
    }
    change.touch(dependencies(code));
    String stored = DefinitionJson.write(definition);
    if (present == null) {
      FeatureSet created = new FeatureSet(code, name, number, stored);
      created.beginAt(jdbi.withHandle(handle -> AuditRows.firstVersion(handle, TABLE, code, null)));
      entities.persist(created);
      entities.flush();
      return new Written(created, true);
    }
    boolean same =
        present.number() == number
            && DefinitionJson.tree(present.definition()).equals(tree(stored));
    present.redefine(name, number, same ? present.definition() : stored);
    entities.flush();
    return new Written(present, false);
  }

  private void requireFree(Code code) {
    if (FeatureSetKind.isAddress(code) && datasets.find(code).isPresent()) {
      throw new DatasetInUse(
          "There is a dataset %s, which the rows of this feature set would hide: take another code."
              .formatted(code));
    }
  }

  private static ObjectNode tree(String stored) {
    return DefinitionJson.tree(stored);
  }

  /** Adds the faults of a definition, and of how it fits the datasets that are there now. */
  private void check(ObjectNode definition, List<Fault> faults) {
    if (EnrichmentJson.isOne(definition)) {
      EnrichmentJson.read(definition, faults);
      return;
    }
    Map<Code, FeatureDataset> known = new HashMap<>();
    for (Code code : DefinitionJson.datasets(definition)) {
      datasets.find(code).ifPresent(dataset -> known.put(code, described(dataset)));
    }
    FeatureSetDefinition read =
        DefinitionJson.read(
            definition,
            code -> Optional.ofNullable(known.get(code)).map(FeatureDataset::frequency),
            faults);
    if (read != null) {
      FeaturePlan.of(read, known, faults);
    }
  }

  private static FeatureDataset described(Dataset dataset) {
    return new FeatureDataset(
        Objects.requireNonNull(dataset.id()),
        dataset.code(),
        dataset.frequency(),
        dataset.dimensions(),
        List.of());
  }

  /**
   * A version that was read may be written again as it is, also under another name, or after its
   * deletion. So may the newest, though a higher one of a set that was deleted was read.
   */
  private void requireOpen(
      Code code, int number, ObjectNode definition, @Nullable FeatureSet present) {
    Map<Integer, String> read =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select r.number, r.definition from curated.feature_set_read r where r.code"
                            + " = :code and r.number >= :number")
                    .bind("code", code.value())
                    .bind("number", number)
                    .reduceRows(
                        new HashMap<Integer, String>(),
                        (all, row) -> {
                          all.put(
                              row.getColumn("number", Integer.class),
                              row.getColumn("definition", String.class));
                          return all;
                        }));
    int newest = present == null ? 0 : present.number();
    int highest = Math.max(newest, read.keySet().stream().mapToInt(each -> each).max().orElse(0));
    String fixed = read.get(number);
    ObjectNode stored = tree(DefinitionJson.write(definition));
    boolean other = fixed != null && !tree(fixed).equals(stored);
    boolean newestAsItIs =
        present != null && number == newest && tree(present.definition()).equals(stored);
    boolean same = !other && (fixed != null || newestAsItIs);
    if (number < newest || other || !same && number < highest) {
      throw new FeatureSetVersionFixed(code, number, highest + 1);
    }
  }

  /** Deletes a feature set; its past states stay. */
  public void delete(Code code, Precondition precondition, Author author) {
    Change change = revisions.open(author);
    FeatureSet set = locked(code).orElseThrow(() -> new NoSuchItem("feature-sets", code.value()));
    precondition.checkVersion(code, set.version());
    change.touch(dependencies(code));
    entities.remove(set);
    entities.flush();
  }

  private Optional<FeatureSet> locked(Code code) {
    return find(code)
        .map(
            found -> {
              FeatureSet set = Hibernate.unproxy(found, FeatureSet.class);
              entities.refresh(set, LockModeType.PESSIMISTIC_WRITE);
              return set;
            });
  }

  private Session session() {
    return entities.unwrap(Session.class);
  }
}
