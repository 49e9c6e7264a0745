package io.refdata.persistence.item.query;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.catalogue.Facility;
import io.refdata.domain.catalogue.Organization;
import io.refdata.domain.catalogue.Region;
import io.refdata.domain.item.Item;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.item.value.Owners;
import io.refdata.domain.item.value.YearOrDay;
import io.refdata.domain.revision.Author;
import io.refdata.domain.revision.Revision;
import io.refdata.persistence.revision.AuditRows;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.hibernate.envers.AuditReaderFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Writes a random history of facilities, and of the regions and organizations that they refer to,
 * in all the ways in which items are written: through the entity manager, by the merge of a file,
 * and by the deletion of what a file lacks. Codes are used again after a deletion.
 */
final class RandomHistory {
  static final List<String> FUELS = List.of("GAS", "COAL", "HYDRO", "WIND");
  private static final int REGIONS = 8;
  private static final int ORGANIZATIONS = 5;
  private static final int FACILITIES = 30;

  private final EntityManagerFactory factory;
  private final Jdbi jdbi;
  private final Random random;

  RandomHistory(EntityManagerFactory factory, Jdbi jdbi, Random random) {
    this.factory = factory;
    this.jdbi = jdbi;
    this.random = random;
  }

  void write(int revisions) {
    entities(
        entities -> {
          for (int i = 0; i < REGIONS; i++) {
            entities.persist(new Region(new Code("RHR" + i), "Region " + i, new Code("GROUP")));
          }
          for (int i = 0; i < ORGANIZATIONS; i++) {
            entities.persist(new Organization(new Code("RHO" + i), "Operator " + i));
          }
        });
    for (int i = 0; i < revisions; i++) {
      switch (random.nextInt(6)) {
        case 0 -> jdbi.useTransaction(this::merge);
        case 1 -> jdbi.useTransaction(this::deleteSome);
        case 2 -> entities(this::moveRegion);
        case 3 -> entities(this::deleteReferenced);
        default -> entities(this::edit);
      }
    }
  }

  private void entities(Consumer<EntityManager> work) {
    try (EntityManager entities = factory.createEntityManager()) {
      entities.getTransaction().begin();
      AuditReaderFactory.get(entities)
          .getCurrentRevision(Revision.class, false)
          .signedBy(new Author("random", null));
      work.accept(entities);
      entities.getTransaction().commit();
    }
  }

  /** Creates, changes or deletes up to three facilities. */
  private void edit(EntityManager entities) {
    random
        .ints(1 + random.nextInt(3), 0, FACILITIES)
        .distinct()
        .forEach(number -> edit(entities, new Code("RHF%02d".formatted(number))));
  }

  private void edit(EntityManager entities, Code code) {
    Facility facility = find(entities, Facility.class, code);
    if (facility == null) {
      facility = new Facility(code, name(), new Code("POWER_PLANT"), region(entities));
      facility.beginAt(
          jdbi.withHandle(
              handle -> AuditRows.firstVersion(handle, Catalogue.FACILITIES.table(), code, null)));
      change(entities, facility);
      entities.persist(facility);
    } else if (random.nextInt(6) == 0) {
      entities.remove(facility);
    } else {
      change(entities, facility);
    }
  }

  private void change(EntityManager entities, Facility facility) {
    set(facility, "name", name());
    set(facility, "capacityMw", orNull((double) random.nextInt(8)));
    set(facility, "fuel", orNull(new Code(FUELS.get(random.nextInt(FUELS.size())))));
    set(facility, "latitude", orNull((double) (random.nextInt(19) * 10 - 90)));
    set(facility, "longitude", orNull((double) (random.nextInt(37) * 10 - 180)));
    set(facility, "commissioned", orNull(new YearOrDay(String.valueOf(2000 + random.nextInt(4)))));
    set(facility, "region", region(entities));
    set(facility, "organization", orNull(organization(entities)));
    set(facility, "owners", orNull(Owners.parse("RHO" + random.nextInt(3) + ":0.5").orElseThrow()));
  }

  /** Changes a property, or leaves it as it is, both often. */
  private void set(Facility facility, String property, @Nullable Object value) {
    if (facility.id() == null || random.nextInt(3) == 0) {
      Catalogue.FACILITIES.property(property).orElseThrow().set(facility, value);
    }
  }

  private <T> @Nullable T orNull(@Nullable T value) {
    return random.nextInt(4) == 0 ? null : value;
  }

  private String name() {
    return "Plant " + "abc".charAt(random.nextInt(3)) + random.nextInt(4);
  }

  private Region region(EntityManager entities) {
    return any(entities, Region.class, "RHR");
  }

  private Organization organization(EntityManager entities) {
    return any(entities, Organization.class, "RHO");
  }

  private <T extends Item> T any(EntityManager entities, Class<T> type, String prefix) {
    List<T> all =
        entities
            .createQuery(
                "from %s where cast(code as String) like '%s%%' order by id"
                    .formatted(type.getSimpleName(), prefix),
                type)
            .getResultList();
    return all.get(random.nextInt(all.size()));
  }

  private static <T extends Item> @Nullable T find(
      EntityManager entities, Class<T> type, Code code) {
    return entities
        .createQuery("from " + type.getSimpleName() + " where code = :code", type)
        .setParameter("code", code)
        .getResultStream()
        .findFirst()
        .orElse(null);
  }

  /** A region becomes part of one with a smaller number, or of none. */
  private void moveRegion(EntityManager entities) {
    int number = 1 + random.nextInt(REGIONS - 1);
    Region region = find(entities, Region.class, new Code("RHR" + number));
    Region parent = find(entities, Region.class, new Code("RHR" + random.nextInt(number)));
    if (region != null) {
      Catalogue.REGIONS.property("parent").orElseThrow().set(region, orNull(parent));
    }
  }

  /** Deletes an organization that nothing refers to, or creates it again. */
  private void deleteReferenced(EntityManager entities) {
    Code code = new Code("RHO" + random.nextInt(ORGANIZATIONS));
    Organization organization = find(entities, Organization.class, code);
    if (organization == null) {
      entities.persist(new Organization(code, "Operator again"));
    } else {
      for (Facility facility :
          entities
              .createQuery("from Facility where organization = :it", Facility.class)
              .setParameter("it", organization)
              .getResultList()) {
        Catalogue.FACILITIES.property("organization").orElseThrow().set(facility, null);
      }
      entities.remove(organization);
    }
  }

  /**
   * Writes as the merge of a file does: some facilities are new, some change, all in one statement.
   */
  private void merge(Handle handle) {
    ItemType<?> type = Catalogue.FACILITIES;
    handle
        .createQuery(
            """
            with merged as (
              merge into ref.facility i
              using (select 'RHF' || lpad(g::text, 2, '0') as code, 'Plant m' || g %% 5 as name,
                            (g * :seed) %% 9 as capacity,
                            (select id from ref.region where code like 'RHR%%' order by md5(code || g || :seed) limit 1) as region
                       from generate_series(0, %d, 3) g) s
                 on i.code = s.code
               when matched and i.capacity_mw is distinct from s.capacity then
                    update set capacity_mw = s.capacity, version = i.version + 1
               when not matched then
                    insert (code, name, kind, capacity_mw, region_id, version)
                    values (s.code, s.name, 'POWER_PLANT', s.capacity, s.region, %s)
              returning case merge_action() when 'INSERT' then 0 else 1 end as revtype, i.*),
            %s
            select count(*) from merged
            """
                .formatted(
                    FACILITIES - 1,
                    AuditRows.firstVersion(type.table(), "s.code", null),
                    AuditRows.of(type, "merged")))
        .bind("seed", 1 + random.nextInt(50))
        .bind("revision", open(handle))
        .mapTo(Integer.class)
        .one();
  }

  /** Deletes some facilities, as a file that replaces does. */
  private void deleteSome(Handle handle) {
    handle
        .createQuery(
            """
            with deleted as (
              delete from ref.facility i where i.code like 'RHF%%' and i.id %% 7 = :some
              returning 2 as revtype, i.*),
            %s
            select count(*) from deleted
            """
                .formatted(AuditRows.of(Catalogue.FACILITIES, "deleted")))
        .bind("some", random.nextInt(7))
        .bind("revision", open(handle))
        .mapTo(Integer.class)
        .one();
  }

  private static int open(Handle handle) {
    return handle
        .createQuery("select ref.open_revision(0, 'random', null)")
        .mapTo(Integer.class)
        .one();
  }
}
