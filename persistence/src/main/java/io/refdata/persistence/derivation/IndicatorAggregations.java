package io.refdata.persistence.derivation;

import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.sql.StatementName;
import io.refdata.persistence.sql.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules by which the indicators of series make values of longer periods. */
final class IndicatorAggregations {
  /** The name of the collection of indicators. */
  private static final String INDICATORS = "indicators";

  private static final String NAME = "IndicatorAggregations.read";

  /** More series do not help to find out what is missing. */
  private static final int MOST_NAMED = 10;

  private static final String NOW =
      "select i.code, i.aggregation from ref.indicator i where i.code = any(?)";

  private static final String THEN =
      """
      select i.code, i.aggregation from ref.indicator_aud i
       where i.code = any(?) and i.revtype <> 2 and i.rev <= ? and (i.revend is null or i.revend > ?)\
      """;

  private final int position;
  private final @Nullable Integer revision;
  private final Map<String, Aggregation> aggregations = new HashMap<>();

  /**
   * @param revision that of the reference data; null for now
   */
  IndicatorAggregations(Dataset dataset, @Nullable Integer revision) {
    this.position =
        dataset.dimensions().stream().map(Dimension::values).toList().indexOf(INDICATORS);
    this.revision = revision;
  }

  /** True if a series of the dataset has an indicator. */
  static boolean areIn(Dataset dataset) {
    return dataset.dimensions().stream().map(Dimension::values).anyMatch(INDICATORS::equals);
  }

  /**
   * Reads the rules.
   *
   * @param all whether each has to have one
   * @throws UnansweredQuestion if an indicator has none
   */
  void read(Connection connection, List<Series> series, boolean all) throws SQLException {
    aggregations.clear();
    if (position < 0) {
      return;
    }
    String[] codes = series.stream().map(this::indicator).distinct().toArray(String[]::new);
    if (codes.length == 0) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(StatementName.tag(revision == null ? NOW : THEN, NAME))) {
      statement.setArray(1, connection.createArrayOf("text", codes));
      if (revision != null) {
        statement.setInt(2, revision);
        statement.setInt(3, revision);
      }
      try (ResultSet rows = Statements.query(NAME, statement)) {
        while (rows.next()) {
          put(rows.getString(1), rows.getString(2));
        }
      }
    }
    if (all) {
      requireAll(series);
    }
  }

  private String indicator(Series series) {
    return series.dimensions().get(position);
  }

  /** A code that the list of aggregations has, and that is none known here, counts as none. */
  private void put(String indicator, @Nullable String code) {
    for (Aggregation aggregation : Aggregation.values()) {
      if (aggregation.name().equals(code)) {
        aggregations.put(indicator, aggregation);
      }
    }
  }

  private void requireAll(List<Series> series) {
    List<Series> without =
        series.stream().filter(one -> !aggregations.containsKey(indicator(one))).toList();
    if (!without.isEmpty()) {
      throw new UnansweredQuestion(
          "aggregation",
          "must be given: the indicators of these series have no aggregation: "
              + without.stream()
                  .limit(MOST_NAMED)
                  .map(Series::key)
                  .collect(Collectors.joining(", "))
              + (without.size() > MOST_NAMED ? ", …" : ""));
    }
  }

  Aggregation of(Series series) {
    return Objects.requireNonNull(aggregations.get(indicator(series)));
  }

  /**
   * The rule for what members of a region come to: the sum unless the indicator has another.
   * Members have no first and last: those of a stock at the end of a year add up.
   */
  Aggregation ofMembers(Series series) {
    Aggregation rule =
        position < 0
            ? Aggregation.SUM
            : aggregations.getOrDefault(indicator(series), Aggregation.SUM);
    return rule == Aggregation.FIRST || rule == Aggregation.LAST ? Aggregation.SUM : rule;
  }
}
