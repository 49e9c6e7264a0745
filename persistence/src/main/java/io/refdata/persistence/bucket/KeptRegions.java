package io.refdata.persistence.bucket;

import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.domain.rollup.Rollup;
import io.refdata.persistence.sql.StatementName;
import io.refdata.persistence.sql.Statements;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rollup of regions with those of the series asked for that it keeps.
 *
 * @param series in the order of their keys
 */
public record KeptRegions(Rollup rollup, List<Kept> series) {
  private static final String NAME = "KeptRegions.find";

  private static final String FIND =
      StoredRollup.SELECT
          + ", w.id, w.dimensions, w.rule"
          + StoredRollup.FROM
          + """
          left join curated.rollup_whole w on w.rollup_id = r.id and w.key = any (?)
          where r.dataset_id = ? and r.frequency = ? and r.dimension = ?
            and r.codes @> ?
            and (?::integer is null or r.since <= ?::integer)
          order by r.since, r.id, w.key
          """;

  /**
   * A series that is worked out from those of the members of a region.
   *
   * @param id the one of its buckets
   * @param rule by which its members come to one value; of FIRST and LAST there is no bucket
   */
  public record Kept(int id, List<String> dimensions, Aggregation rule) {
    /** Reads one from a column on. */
    public static Kept read(ResultSet row, int column) throws SQLException {
      return new Kept(
          row.getInt(column),
          StoredRollup.texts(row.getArray(column + 1)),
          Aggregation.valueOf(row.getString(column + 2)));
    }
  }

  /**
   * The regions and series that are asked for. A rollup may keep very many series besides: these
   * are not read.
   *
   * @param dimension the one of the regions
   * @param regions the codes of regions that a rollup must have
   * @param asOf the revision that it must know; null for the latest
   * @param keys those of the series
   */
  public record Wanted(
      int dataset,
      Frequency frequency,
      String dimension,
      Collection<String> regions,
      @Nullable Integer asOf,
      Collection<String> keys) {
    private void bind(PreparedStatement statement) throws SQLException {
      statement.setArray(1, texts(statement, keys));
      statement.setInt(2, dataset);
      statement.setString(3, frequency.name());
      statement.setString(4, dimension);
      statement.setArray(5, texts(statement, regions));
      statement.setObject(6, asOf, Types.INTEGER);
      statement.setObject(7, asOf, Types.INTEGER);
    }

    private static Array texts(PreparedStatement statement, Collection<String> texts)
        throws SQLException {
      return statement.getConnection().createArrayOf("text", texts.toArray());
    }
  }

  /** The rollups of the regions; the one that knows most of the past first. */
  public static List<KeptRegions> find(Connection connection, Wanted wanted) throws SQLException {
    List<KeptRegions> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(StatementName.tag(FIND, NAME))) {
      wanted.bind(statement);
      try (ResultSet rows = Statements.query(NAME, statement)) {
        while (rows.next()) {
          KeptRegions last = found.isEmpty() ? null : found.get(found.size() - 1);
          if (last == null || last.rollup().id() != rows.getInt(1)) {
            last = new KeptRegions(StoredRollup.read(rows), new ArrayList<>());
            found.add(last);
          }
          if (rows.getObject(11) != null) {
            last.series().add(Kept.read(rows, 11));
          }
        }
      }
    }
    return found;
  }
}
