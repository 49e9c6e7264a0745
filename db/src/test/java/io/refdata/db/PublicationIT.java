package io.refdata.db;

import static io.refdata.db.Asked.answer;
import static io.refdata.db.Asked.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** When what a revision says was published. */
class PublicationIT {
  private static MigratedDatabase database;

  @BeforeAll
  static void migrate() {
    database = MigratedDatabase.create();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void whatWasPublishedByAnInstantIsFoundAsByLookingAtAllRevisions() throws Exception {
    record Published(OffsetDateTime at, int revision) {}
    Random random = new Random(7);
    int topic = 21;
    List<Published> all = new ArrayList<>();
    List<OffsetDateTime> instants = new ArrayList<>();
    try (Connection connection = connect();
        PreparedStatement open =
            connection.prepareStatement("select ref.open_revision(?, 'w', null, null, null, ?)")) {
      OffsetDateTime edition = now(connection).minusDays(500);
      for (int i = 0; i < 60; i++) {
        String latest = answer(connection, "select ref.latest_publication(%d)".formatted(topic));
        assertThat(latest == null).isEqualTo(all.isEmpty());
        // First old editions. Then some say nothing, and the clock of some senders is ahead.
        OffsetDateTime published = null;
        if (i < 30) {
          edition = edition.plusDays(random.nextInt(3));
          published = edition;
        } else if (random.nextInt(3) == 0) {
          published = now(connection).plusSeconds(random.nextInt(2));
        }
        open.setInt(1, topic);
        open.setObject(2, published);
        open.execute();
        int revision =
            Integer.parseInt(
                answer(connection, "select max(rev) from ref.revision where topic = " + topic));
        OffsetDateTime at = at(connection, revision);
        all.add(
            new Published(published == null || published.isAfter(at) ? at : published, revision));
        instants.add(all.get(i).at());
        instants.add(all.get(i).at().minusNanos(1000));
        instants.add(edition.plusHours(random.nextInt(48)));
      }
      assertThat(all).isSortedAccordingTo(Comparator.comparing(Published::at));
      for (OffsetDateTime instant : instants) {
        int expected =
            all.stream()
                .filter(one -> !one.at().isAfter(instant))
                .mapToInt(Published::revision)
                .max()
                .orElse(0);
        assertThat(knownAt(connection, topic, instant)).as("%s", instant).isEqualTo(expected);
      }
      assertThatThrownBy(() -> knownAt(connection, topic, now(connection).plusSeconds(60)))
          .hasMessageContaining("is not past");
    }
  }

  private static OffsetDateTime at(Connection connection, int revision) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select at from ref.revision where rev = " + revision)) {
      row.next();
      return row.getObject(1, OffsetDateTime.class);
    }
  }

  private static int knownAt(Connection connection, int topic, OffsetDateTime at)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select ref.revision_known_at(?, ?)")) {
      statement.setInt(1, topic);
      statement.setObject(2, at);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private static Connection connect() throws SQLException {
    return database.dataSource().getConnection();
  }
}
