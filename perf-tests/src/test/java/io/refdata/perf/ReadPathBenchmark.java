package io.refdata.perf;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.catalogue.EmissionSource;
import io.refdata.domain.catalogue.Facility;
import io.refdata.domain.item.Item;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.Database;
import io.refdata.persistence.item.Address;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.item.query.ItemRows;
import jakarta.persistence.Persistence;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The two ways to read an item, and a page of 50 with region, operator and emission sources: as
 * rows of one statement, and as entities with batch fetching, the second-level cache, the
 * natural-id cache and the query cache of Infinispan. Both give the same views. Record 11 says
 * which of them the platform uses, and why.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReadPathBenchmark {
  private static final int PAGE_SIZE = 50;
  private static final int READ_ITEMS = 1_000;
  private static final ItemList PAGE =
      new ItemList(
          Catalogue.FACILITIES,
          null,
          List.of(),
          List.of(),
          null,
          PAGE_SIZE,
          Set.of("region", "organization", "emissionSources"),
          null);

  /** The state of the caches before each read. */
  public enum Caches {
    EMPTY,
    FILLED
  }

  @Param("20000")
  private int facilities;

  @Param private Caches caches;

  private ItemRows rows;
  private SessionFactory sessions;
  private List<Code> codes;
  private int turn;

  @SuppressWarnings("NullAway.Init")
  public ReadPathBenchmark() {}

  /** Opens both paths on the same connection, and checks that they read the same. */
  @Setup
  public void start() throws SQLException {
    HotData data = HotData.of(facilities, 1);
    rows = new ItemRows(Database.of(data.connection()));
    sessions =
        Persistence.createEntityManagerFactory(
                "refdata",
                Map.of(
                    "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                    "jakarta.persistence.nonJtaDataSource", data.connection(),
                    "hibernate.generate_statistics", "false",
                    "hibernate.cache.region.factory_class", "infinispan",
                    "hibernate.cache.infinispan.cfg",
                        "org/infinispan/hibernate/cache/commons/builder/infinispan-configs-local.xml",
                    "hibernate.cache.infinispan.collection.cfg", "entity",
                    "hibernate.cache.infinispan.naturalid.cfg", "entity",
                    "hibernate.cache.use_query_cache", "true"))
            .unwrap(SessionFactory.class);
    codes =
        IntStream.rangeClosed(1, Math.min(facilities, READ_ITEMS))
            .mapToObj("F%07d"::formatted)
            .map(Code::new)
            .toList();
    for (Code code : codes) {
      requireSame(List.of(itemAsEntity(code)), List.of(itemAsRow(code)));
    }
    requireSame(pageAsEntities(), pageAsRows());
  }

  @TearDown
  public void close() {
    sessions.close();
  }

  /** Forgets what a read before has left in the caches. */
  @Setup(Level.Invocation)
  public void empty() {
    if (caches == Caches.EMPTY) {
      sessions.getCache().evictAllRegions();
    }
  }

  @Benchmark
  public ItemView itemAsRow() {
    return itemAsRow(nextCode());
  }

  private ItemView itemAsRow(Code code) {
    Address address = new Address(Catalogue.FACILITIES, null, code);
    return rows.page(ItemList.of(address, Set.of(), null)).items().get(0);
  }

  @Benchmark
  public ItemView itemAsEntity() {
    return itemAsEntity(nextCode());
  }

  private ItemView itemAsEntity(Code code) {
    try (Session session = sessions.openSession()) {
      session.setDefaultReadOnly(true);
      Facility facility = session.bySimpleNaturalId(Facility.class).load(code);
      return view(Catalogue.FACILITIES, facility);
    }
  }

  @Benchmark
  public List<ItemView> pageAsRows() {
    return rows.page(PAGE).items();
  }

  @Benchmark
  public List<ItemView> pageAsEntities() {
    try (Session session = sessions.openSession()) {
      session.setDefaultReadOnly(true);
      List<Facility> page =
          session
              .createQuery("select f from Facility f order by f.code", Facility.class)
              .setMaxResults(PAGE_SIZE)
              .setCacheable(true)
              .list();
      Map<Item, List<EmissionSource>> sources =
          session
              .createQuery(
                  "select s from EmissionSource s where s.facility in :page order by s.code",
                  EmissionSource.class)
              .setParameter("page", page)
              .setCacheable(true)
              .stream()
              .collect(
                  Collectors.groupingBy(source -> (Item) Hibernate.unproxy(source.facility())));
      return page.stream().map(one -> expanded(one, sources.getOrDefault(one, List.of()))).toList();
    }
  }

  private static ItemView expanded(Facility facility, List<EmissionSource> sources) {
    ItemView item = view(Catalogue.FACILITIES, facility);
    List<String> members = new ArrayList<>(item.members());
    List<@Nullable Object> values = new ArrayList<>(item.values());
    values.set(members.indexOf("region"), view(Catalogue.REGIONS, facility.region()));
    values.set(
        members.indexOf("organization"), view(Catalogue.ORGANIZATIONS, facility.organization()));
    members.add("emissionSources");
    values.add(sources.stream().map(one -> view(Catalogue.EMISSION_SOURCES, one)).toList());
    return new ItemView(item.type(), item.version(), members, values);
  }

  private static ItemView view(ItemType<?> type, @Nullable Item item) {
    return ItemView.of(
        type, (Item) Hibernate.unproxy(Objects.requireNonNull(item)), organizations -> Map.of());
  }

  private Code nextCode() {
    turn = (turn + 1) % codes.size();
    return codes.get(turn);
  }

  private static void requireSame(List<ItemView> entities, List<ItemView> rows) {
    List<String> codes = entities.stream().map(ReadPathBenchmark::text).toList();
    List<String> others = rows.stream().map(ReadPathBenchmark::text).toList();
    if (codes.isEmpty() || !codes.equals(others)) {
      throw new IllegalStateException(codes + " is not " + others);
    }
  }

  /** An item with all that is in it, whatever classes its values have. */
  private static String text(@Nullable Object value) {
    if (value instanceof ItemView item) {
      return item.version() + text(item.values());
    } else if (value instanceof List<?> several) {
      return several.stream().map(ReadPathBenchmark::text).toList().toString();
    }
    return String.valueOf(value);
  }
}
