package io.refdata.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseLinkCheckTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://localhost:5432/refdata",
        "jdbc:postgresql://127.0.0.1/refdata?sslmode=disable",
        "jdbc:postgresql:refdata",
        "jdbc:postgresql://192.0.2.1/refdata?sslmode=verify-full",
        "jdbc:mysql://192.0.2.1/refdata"
      })
  void nothingToWarnOf(String url) {
    assertThat(DatabaseLinkCheck.warning(url)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://192.0.2.1/refdata",
        "jdbc:postgresql://localhost,192.0.2.1/refdata?sslmode=require"
      })
  void anotherMachineWithoutAVerifiedName(String url) {
    assertThat(DatabaseLinkCheck.warning(url))
        .hasValueSatisfying(text -> assertThat(text).contains("192.0.2.1", "sslmode=verify-full"));
  }

  @Test
  void theWarningHasNoPassword() {
    assertThat(DatabaseLinkCheck.warning("jdbc:postgresql://192.0.2.1/refdata?password=secret"))
        .hasValueSatisfying(text -> assertThat(text).doesNotContain("secret"));
  }
}
