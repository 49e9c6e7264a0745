package io.refdata.persistence.dataset;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dataset.Details;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.Freshness;
import io.refdata.domain.dataset.Interval;
import io.refdata.domain.dataset.OnExpiry;
import io.refdata.domain.dataset.Partitioning;
import io.refdata.domain.dataset.UnknownCodes;
import io.refdata.domain.item.Item;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.item.query.Reconstruction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The datasets as they were at a revision of the reference data. The number of statements does not
 * depend on the number of datasets. The datasets are plain objects that no entity manager manages.
 */
@ApplicationScoped
public class PastDatasets {
  private static final String HELD =
      """
      select a.*
        from curated.dataset_aud a
       where int4range(a.rev, a.revend) @> :revision and a.revtype <> 2
      """;

  private final Jdbi jdbi;

  /** The first revisions by dataset id. An entry never changes, and no id is used twice. */
  private final ConcurrentMap<Integer, Integer> created = new ConcurrentHashMap<>();

  /** For the CDI container only. */
  @SuppressWarnings("NullAway")
  PastDatasets() {
    this(null);
  }

  @Inject
  public PastDatasets(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The dataset of that code, if one existed. */
  public Optional<Dataset> find(Code code, int revision) {
    return read(HELD + " and a.code = :code limit :limit", code, 1, revision).stream().findFirst();
  }

  /** True if a dataset of that code existed. */
  public boolean existed(Code code, int revision) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select exists (" + HELD + " and a.code = :code)")
                .bind("revision", revision)
                .bind("code", code.value())
                .mapTo(Boolean.class)
                .one());
  }

  /**
   * The revision of the reference data in which the dataset with an id was created; 0 if there is
   * no record.
   */
  public int created(int id) {
    return created.computeIfAbsent(
        id,
        key ->
            jdbi.withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select coalesce(min(rev), 0) from curated.dataset_aud where id = :id")
                        .bind("id", id)
                        .mapTo(Integer.class)
                        .one()));
  }

  /** At most {@code limit} datasets in the order of codes, after the given code. */
  public List<Dataset> list(@Nullable Code after, int limit, int revision) {
    return read(
        HELD + (after == null ? "" : " and a.code > :code") + " order by a.code limit :limit",
        after,
        limit,
        revision);
  }

  private List<Dataset> read(String sql, @Nullable Code code, int limit, int revision) {
    return jdbi.withHandle(
        handle -> {
          Reconstruction past = new Reconstruction(handle, revision);
          var query = handle.createQuery(sql).bind("revision", revision).bind("limit", limit);
          if (code != null) {
            query.bind("code", code.value());
          }
          List<Dataset> datasets = query.map((row, context) -> dataset(row, past)).list();
          past.readReferenced(1);
          return datasets;
        });
  }

  private static Dataset dataset(ResultSet row, Reconstruction past) throws SQLException {
    Dataset dataset =
        new Dataset(
            new Code(row.getString("code")),
            row.getString("name"),
            new Details(
                item(Catalogue.PROVIDERS, row, "provider_id", past),
                item(Catalogue.UNITS, row, "unit_id", past),
                Frequency.valueOf(row.getString("frequency")),
                dimensions(row),
                new Partitioning(
                    Interval.valueOf(row.getString("interval")),
                    row.getInt("premake"),
                    row.getString("retention"),
                    OnExpiry.valueOf(row.getString("on_expiry"))),
                new Freshness(row.getString("warn_after"), row.getString("fail_after")),
                UnknownCodes.valueOf(row.getString("unknown_codes")),
                row.getBoolean("is_public")));
    dataset.recordedAs(row.getInt("id"), row.getInt("version"));
    return dataset;
  }

  private static <E extends Item> @Nullable E item(
      ItemType<E> type, ResultSet row, String column, Reconstruction past) throws SQLException {
    int id = row.getInt(column);
    return row.wasNull() ? null : past.reference(type, id);
  }

  /** The dimensions from two arrays of a row: their codes, and the sources of their values. */
  public static List<Dimension> dimensions(ResultSet row) throws SQLException {
    String[] codes = (String[]) row.getArray("dimension_codes").getArray();
    String[] values = (String[]) row.getArray("dimension_values").getArray();
    List<Dimension> dimensions = new ArrayList<>();
    for (int i = 0; i < codes.length; i++) {
      dimensions.add(new Dimension(new Code(codes[i]), values[i]));
    }
    return dimensions;
  }
}
