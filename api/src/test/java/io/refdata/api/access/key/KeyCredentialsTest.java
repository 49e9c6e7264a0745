package io.refdata.api.access.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refdata.access.Role;
import io.refdata.api.access.Caller;
import io.refdata.api.access.CheckUnavailable;
import io.refdata.api.access.Verdict;
import io.refdata.persistence.access.ApiKeys;
import io.refdata.persistence.access.KnownKeys;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** Without a database: what can be told of a key by its form, and the operator's key. */
class KeyCredentialsTest {
  private static final String OPERATOR = "an operator's key of 33 characters".replace(' ', '-');
  private static final String WHOLE = "rdk_" + "x".repeat(43);

  private final KeyCredentials credentials = credentials(OPERATOR);

  private static KeyCredentials credentials(String operatorKey) {
    return new KeyCredentials(
        new KnownKeys(new ApiKeys(Jdbi.create("jdbc:nothing:at-all"))), operatorKey);
  }

  @Test
  void keysAreKnownByTheirBeginning() {
    assertThat(credentials.recognizes(WHOLE)).isTrue();
    assertThat(credentials.recognizes("rdk_")).isTrue();
    assertThat(credentials.recognizes(OPERATOR)).isTrue();
    assertThat(credentials.recognizes("eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl")).isFalse();
    assertThat(credentials.recognizes("")).isFalse();
  }

  @Test
  void theOperatorsKeyHasEveryRole() throws CheckUnavailable {
    Verdict.Accepted accepted = (Verdict.Accepted) credentials.check(OPERATOR);
    assertThat(accepted.caller().kind()).isEqualTo(Caller.Kind.KEY);
    assertThat(accepted.caller().name()).isEqualTo("key:operator-key");
    assertThat(accepted.caller().roles()).containsExactlyInAnyOrder(Role.values());
    assertThat(credentials.remembered(OPERATOR)).isEqualTo(accepted);
    assertThat(credentials.recognizes(OPERATOR.replace('3', '4'))).isFalse();
  }

  @Test
  void withoutAnOperatorsKeyNothingIsTakenForIt() {
    assertThat(credentials("").recognizes("")).isFalse();
    assertThat(credentials("").recognizes(OPERATOR)).isFalse();
  }

  @Test
  void aKeyOfAnotherLengthIsRefusedWithoutALook() throws CheckUnavailable {
    Verdict refused = new Verdict.Refused("invalid_token", "The key is not valid.");
    assertThat(credentials.remembered("rdk_short")).isEqualTo(refused);
    assertThat(credentials.check(WHOLE + "x")).isEqualTo(refused);
  }

  @Test
  void withoutTheDatabaseAKeyIsNeitherAcceptedNorRefused() {
    assertThat(credentials.remembered(WHOLE)).isNull();
    assertThatThrownBy(() -> credentials.check(WHOLE)).isInstanceOf(CheckUnavailable.class);
  }
}
