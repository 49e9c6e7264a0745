package io.refdata.persistence.derivation;

import io.refdata.domain.derivation.ConversionRule;
import io.refdata.domain.derivation.MeasuringUnit;
import io.refdata.persistence.sql.StatementName;
import io.refdata.persistence.sql.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Units and conversions, as they are now or as of a revision of the reference data. */
final class UnitRows {
  private static final String UNITS = "UnitRows.units";
  private static final String RULES = "UnitRows.rules";

  private static final String UNITS_NOW =
      "select u.code, u.ucum from ref.unit u where u.code = any(?)";

  private static final String UNITS_THEN =
      """
      select u.code, u.ucum from ref.unit_aud u
       where u.code = any(?) and u.revtype <> 2 and u.rev <= ? and (u.revend is null or u.revend > ?)\
      """;

  private static final String RULES_NOW =
      """
      select c.code, f.code, f.ucum, t.code, t.ucum, c.factor, c.context, c.valid_from, c.valid_to
        from ref.conversion c
        join ref.unit f on f.id = c.from_id
        join ref.unit t on t.id = c.to_id
       order by c.code\
      """;

  private static final String RULES_THEN =
      """
      select c.code, f.code, f.ucum, t.code, t.ucum, c.factor, c.context, c.valid_from, c.valid_to
        from ref.conversion_aud c
        join ref.unit_aud f on f.id = c.from_id
         and f.revtype <> 2 and f.rev <= ? and (f.revend is null or f.revend > ?)
        join ref.unit_aud t on t.id = c.to_id
         and t.revtype <> 2 and t.rev <= ? and (t.revend is null or t.revend > ?)
       where c.revtype <> 2 and c.rev <= ? and (c.revend is null or c.revend > ?)
       order by c.code\
      """;

  /** The number of times that {@link #RULES_THEN} asks for the revision. */
  private static final int REVISIONS = 6;

  private final @Nullable Integer revision;

  /**
   * @param revision null for now
   */
  UnitRows(@Nullable Integer revision) {
    this.revision = revision;
  }

  /** The units of some codes, by their codes; without those that do not exist. */
  Map<String, MeasuringUnit> units(Connection connection, Collection<String> codes)
      throws SQLException {
    Map<String, MeasuringUnit> units = new HashMap<>();
    try (PreparedStatement statement = prepare(connection, UNITS, UNITS_NOW, UNITS_THEN)) {
      statement.setArray(1, connection.createArrayOf("text", codes.toArray(String[]::new)));
      if (revision != null) {
        statement.setInt(2, revision);
        statement.setInt(3, revision);
      }
      try (ResultSet rows = Statements.query(UNITS, statement)) {
        while (rows.next()) {
          units.put(rows.getString(1), new MeasuringUnit(rows.getString(1), rows.getString(2)));
        }
      }
    }
    return units;
  }

  /** All conversions. */
  List<ConversionRule> rules(Connection connection) throws SQLException {
    List<ConversionRule> rules = new ArrayList<>();
    try (PreparedStatement statement = prepare(connection, RULES, RULES_NOW, RULES_THEN)) {
      for (int i = 1; revision != null && i <= REVISIONS; i++) {
        statement.setInt(i, revision);
      }
      try (ResultSet rows = Statements.query(RULES, statement)) {
        while (rows.next()) {
          rules.add(
              new ConversionRule(
                  rows.getString(1),
                  new MeasuringUnit(rows.getString(2), rows.getString(3)),
                  new MeasuringUnit(rows.getString(4), rows.getString(5)),
                  rows.getDouble(6),
                  rows.getString(7),
                  rows.getObject(8, LocalDate.class),
                  rows.getObject(9, LocalDate.class)));
        }
      }
    }
    return rules;
  }

  private PreparedStatement prepare(Connection connection, String name, String now, String then)
      throws SQLException {
    return connection.prepareStatement(StatementName.tag(revision == null ? now : then, name));
  }
}
