package io.refdata.api.audit;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.restassured.response.ValidatableResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** The audit trail as auditors see it. */
@ArquillianTest
class AuditIT {
  private final PlatformClient client = PlatformForTests.client();

  private static ValidatableResponse verify(String query) {
    return given().get("/api/v1/audit/verify" + query).then();
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = PlatformForTests.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void aWriteIsSealedBehindTheWriterAndAChangeBySqlIsNamed() throws Exception {
    client.create("providers/AUDITED", "{\"name\": \"Audited\"}");
    execute("select performance_monitoring.schedule_maintenance('SEAL_REVISIONS')");
    await().atMost(3, MINUTES).until(() -> verify("").extract().path("waiting").equals(0));
    String head =
        verify("")
            .statusCode(200)
            .body("verdict", equalTo("INTACT"))
            .body("breach", nullValue())
            .body("next", nullValue())
            .body("revisions", greaterThan(1))
            .body("states", greaterThan(700))
            .body("head", matchesPattern("[0-9a-f]{64}"))
            .extract()
            .path("head");
    verify("?head=" + head).body("verdict", equalTo("INTACT"));
    verify("?limit=1").body("next", equalTo(1)).body("verdict", equalTo("INTACT"));

    execute("update ref.provider_aud set name = 'Evil' where code = 'AUDITED'");
    try {
      verify("?head=" + head)
          .statusCode(200)
          .body("verdict", equalTo("BROKEN"))
          .body("breach.kind", equalTo("STATE_CHANGED"))
          .body("breach.table", equalTo("ref.provider_aud"))
          .body("breach.item", equalTo("AUDITED"))
          .body("breach.revision", notNullValue());
    } finally {
      execute("update ref.provider_aud set name = 'Audited' where code = 'AUDITED'");
    }
    verify("?head=" + head).body("verdict", equalTo("INTACT"));
    verify("?head=" + "00".repeat(32)).body("breach.kind", equalTo("HEAD_UNKNOWN"));
  }

  @Test
  void parametersAreChecked() {
    for (String wrong : new String[] {"?head=x", "?after=-1", "?limit=0", "?revision=1"}) {
      assertThat(verify(wrong).extract().statusCode()).as(wrong).isEqualTo(400);
    }
  }
}
