package io.refdata.db;

import io.refdata.db.audit.AuditChain;
import io.refdata.db.audit.Verification;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the whole audit trail of a database, without the platform: {@code java -cp … VerifyAudit
 * <address> <user> [<head>]}. The password is the environment variable {@code PGPASSWORD}. It ends
 * with 0 if nothing was changed, 1 if something was, and 2 if that cannot be told.
 */
public final class VerifyAudit {
  private static final int HEX_DIGITS = 64;

  private static final int AT_ONCE = 10_000;
  private static final long ROWS_AT_ONCE = 1_000_000;

  private VerifyAudit() {}

  /** Runs it, and ends the process. */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.getenv("PGPASSWORD"), System.out));
  }

  private static boolean isHash(String text) {
    return text.length() == HEX_DIGITS
        && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
  }

  static int run(List<String> arguments, @Nullable String password, PrintStream out) {
    if (arguments.size() < 2 || arguments.size() > 3) {
      out.println("usage: VerifyAudit <jdbc address> <user> [<head>]; PGPASSWORD has the password");
      return 2;
    }
    String head = arguments.size() == 3 ? arguments.get(2) : null;
    if (head != null && !isHash(head)) {
      out.println("The head must be 64 hexadecimal digits.");
      return 2;
    }
    Properties properties = new Properties();
    properties.setProperty("user", arguments.get(1));
    properties.setProperty("password", Objects.requireNonNullElse(password, ""));
    try (Connection connection = DriverManager.getConnection(arguments.get(0), properties)) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      return verify(new AuditChain(connection), head, out);
    } catch (SQLException e) {
      out.println("The audit trail can't be verified: " + e.getMessage());
      return 2;
    }
  }

  private static int verify(AuditChain chain, @Nullable String head, PrintStream out)
      throws SQLException {
    long revisions = 0;
    long states = 0;
    long actions = 0;
    String last = null;
    Long after = 0L;
    while (after != null) {
      Verification part = chain.verify(after, head, AT_ONCE, ROWS_AT_ONCE);
      revisions += part.revisions();
      states += part.states();
      actions += part.actions();
      last = part.head() == null ? last : part.head();
      after = part.next();
      if (part.breach() != null) {
        out.println("BROKEN: " + part.breach().text());
        return 1;
      }
      if (after == null) {
        out.printf(
            "INTACT: %,d revisions with %,d audit rows, %,d actions%s; %,d not sealed yet; head"
                + " %s%n",
            revisions,
            states,
            actions,
            part.removedBefore() == null ? "" : ", older than " + part.removedBefore() + " removed",
            part.waiting(),
            last == null ? "none" : last);
      }
    }
    return 0;
  }
}
