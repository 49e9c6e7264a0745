package io.refdata.persistence.statistics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.persistence.json.Json;
import io.refdata.persistence.sql.StatementName;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The plans of statements. Each is made in a transaction that can only read, and that ends after
 * {@code refdata.explain-timeout}.
 */
@Dependent
public class Plans {
  private static final Duration TIMEOUT = Setting.EXPLAIN_TIMEOUT.time();
  private static final String NAME = "Plans.explain";
  private static final Set<String> READS = Set.of("select", "with", "values");

  private final Jdbi jdbi;

  @Inject
  public Plans(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A plan, or why there is none.
   *
   * @param json PostgreSQL's plan
   */
  public record Plan(@Nullable JsonNode json, @Nullable String missing) {
    static Plan missing(String why) {
      return new Plan(null, why);
    }
  }

  /**
   * The plan of a call with its values.
   *
   * @param call the text of the call; of several statements, the first that is not a setting
   * @param analyze true to run it and measure each step; it must be a query then
   */
  public Plan ofCall(String call, boolean analyze) {
    String statement =
        statements(call).stream()
            .filter(each -> !keyword(each).equals("set"))
            .findFirst()
            .orElse("");
    if (call.endsWith("…")) {
      return Plan.missing("Its values are longer than what is stored.");
    } else if (analyze && !READS.contains(keyword(statement))) {
      return Plan.missing("Only a query can be run again.");
    }
    String explain =
        "explain (" + (analyze ? "analyze, buffers, " : "") + "format json) " + statement;
    return read(StatementName.tag(explain, NAME), null);
  }

  /** The plan of a statement with $1, $2, … in place of its values. */
  public Plan ofText(String text) {
    return read(StatementName.tag("select performance_monitoring.generic_plan(?)", NAME), text);
  }

  private Plan read(String sql, @Nullable String value) {
    try (Handle handle = jdbi.open()) {
      Connection connection = handle.getConnection();
      connection.setAutoCommit(false);
      try (Statement bounds = connection.createStatement();
          PreparedStatement statement = connection.prepareStatement(sql)) {
        bounds.execute("set transaction read only");
        bounds.execute("set local statement_timeout = " + TIMEOUT.toMillis());
        if (value != null) {
          statement.setString(1, value);
        }
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          return new Plan(Json.MAPPER.readTree(row.getString(1)), null);
        }
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("A plan that is not JSON", e);
      } catch (SQLException e) {
        return Plan.missing("PostgreSQL made no plan: " + e.getMessage());
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("A transaction could not be ended", e);
    }
  }

  /** The statements of a text; a semicolon within quotes separates nothing. */
  static List<String> statements(String text) {
    List<String> found = new ArrayList<>();
    char quote = 0;
    int begin = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == ';') {
        found.add(text.substring(begin, i).strip());
        begin = i + 1;
      }
    }
    found.add(text.substring(begin).strip());
    return found;
  }

  private static String keyword(String statement) {
    int end = 0;
    while (end < statement.length() && Character.isLetter(statement.charAt(end))) {
      end++;
    }
    return statement.substring(0, end).toLowerCase(Locale.ROOT);
  }
}
