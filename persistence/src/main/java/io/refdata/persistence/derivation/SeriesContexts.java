package io.refdata.persistence.derivation;

import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.sql.StatementName;
import io.refdata.persistence.sql.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fuels and gases of series: those that are dimensions, and those of the facilities and
 * emission sources that are.
 */
final class SeriesContexts {
  private static final String NAME = "SeriesContexts.read";
  private static final String FUELS = "code-lists/FUEL";
  private static final String GASES = "code-lists/GAS";
  private static final String FACILITIES = "facilities";
  private static final String SOURCES = "emission-sources";

  private static final String NOW =
      """
      select 'facilities', f.code, f.fuel from ref.facility f where f.code = any(?)
      union all
      select 'emission-sources', e.code, e.gas from ref.emission_source e where e.code = any(?)\
      """;

  private static final String THEN =
      """
      select 'facilities', f.code, f.fuel from ref.facility_aud f
       where f.code = any(?) and f.revtype <> 2 and f.rev <= ? and (f.revend is null or f.revend > ?)
      union all
      select 'emission-sources', e.code, e.gas from ref.emission_source_aud e
       where e.code = any(?) and e.revtype <> 2 and e.rev <= ? and (e.revend is null or e.revend > ?)\
      """;

  private final List<String> values;
  private final @Nullable Integer revision;

  /** The fuels and gases of items, by their collection and code. */
  private final Map<String, String> ofItems = new HashMap<>();

  /**
   * @param revision that of the reference data; null for now
   */
  SeriesContexts(Dataset dataset, @Nullable Integer revision) {
    this.values = dataset.dimensions().stream().map(Dimension::values).toList();
    this.revision = revision;
  }

  void clear() {
    ofItems.clear();
  }

  void read(Connection connection, Collection<Series> series) throws SQLException {
    if (!values.contains(FACILITIES) && !values.contains(SOURCES)) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(StatementName.tag(revision == null ? NOW : THEN, NAME))) {
      int at = 0;
      for (String collection : List.of(FACILITIES, SOURCES)) {
        statement.setArray(++at, connection.createArrayOf("text", codes(series, collection)));
        if (revision != null) {
          statement.setInt(++at, revision);
          statement.setInt(++at, revision);
        }
      }
      try (ResultSet rows = Statements.query(NAME, statement)) {
        while (rows.next()) {
          if (rows.getString(3) != null) {
            ofItems.put(name(rows.getString(1), rows.getString(2)), rows.getString(3));
          }
        }
      }
    }
  }

  private String[] codes(Collection<Series> series, String collection) {
    Set<String> codes = new TreeSet<>();
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).equals(collection)) {
        for (Series one : series) {
          codes.add(one.dimensions().get(i));
        }
      }
    }
    return codes.toArray(String[]::new);
  }

  private static String name(String collection, String code) {
    return collection + '/' + code;
  }

  /** The gases of a series; its fuels if it has none. */
  Set<String> of(Series series) {
    Set<String> gases = codes(series, GASES, SOURCES);
    return gases.isEmpty() ? codes(series, FUELS, FACILITIES) : gases;
  }

  private Set<String> codes(Series series, String list, String collection) {
    Set<String> codes = new TreeSet<>();
    for (int i = 0; i < values.size(); i++) {
      String code = series.dimensions().get(i);
      String ofItem = ofItems.get(name(collection, code));
      if (values.get(i).equals(list)) {
        codes.add(code);
      } else if (values.get(i).equals(collection) && ofItem != null) {
        codes.add(ofItem);
      }
    }
    return codes;
  }
}
