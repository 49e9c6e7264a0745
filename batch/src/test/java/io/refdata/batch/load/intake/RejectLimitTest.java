package io.refdata.batch.load.intake;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refdata.batch.file.Block;
import io.refdata.domain.load.InvalidLoad;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RejectLimitTest {
  private final RejectLimit limit = new RejectLimit(0.1);
  private final Tally tally = new Tally();

  @Test
  void readingContinuesWhileTheLimitCanBeMet() {
    tally.rejected(10);
    read(20);
    // The other 180 characters are at most 90 rows, so ten of 100 rows would be rejected.
    assertThatCode(() -> limit.check(tally, 200)).doesNotThrowAnyException();
    assertThatCode(() -> new RejectLimit(1).check(tally, 20)).doesNotThrowAnyException();
  }

  @Test
  void theLoadFailsAtOnceWhenTheLimitCannotBeMet() {
    tally.rejected(10);
    read(20);
    assertThatThrownBy(() -> limit.check(tally, 190))
        .isInstanceOf(InvalidLoad.class)
        .hasMessage(
            "10 of the first 10 rows were refused. That is more than the part of 0.1 that"
                + " maxRejectRatio allows, even if all other rows of the file are good. The rest"
                + " was not read; see the rejects.");
  }

  @Test
  void aCompleteFileIsCheckedAgainstTheLimit() {
    tally.rejected(1);
    tally.staged(9);
    assertThatCode(() -> limit.check(tally)).doesNotThrowAnyException();
    tally.rejected(1);
    assertThatThrownBy(() -> limit.check(tally))
        .hasMessageStartingWith("2 of 11 rows were refused,");
  }

  private void read(int chars) {
    tally.read(new Block(0, new char[chars], chars, 1, Set.of(), false, false));
  }
}
