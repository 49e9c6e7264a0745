package io.refdata.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class CausesTest {
  @Test
  void causesAndSuppressedAreFoundAtAnyDepthEachOnce() {
    SQLException cut = new SQLException("cut", "08006");
    IOException commit = new IOException("commit failed", cut);
    RuntimeException rolledBack = new RuntimeException("rolled back");
    rolledBack.addSuppressed(commit);
    rolledBack.addSuppressed(cut);
    RuntimeException failure = new RuntimeException(rolledBack);
    assertThat(Causes.of(failure)).containsExactly(failure, rolledBack, commit, cut);
  }

  @Test
  void aCircleEnds() {
    Exception one = new Exception("one");
    Exception other = new Exception("other", one);
    one.addSuppressed(other);
    assertThat(Causes.of(one)).containsExactly(one, other);
  }

  @Test
  void aCommitThatFailsTellsWhatTroubleItWas() {
    Exception rolledBack = new Exception("could not commit");
    rolledBack.addSuppressed(new SQLException("disk", "53100"));
    assertThat(Trouble.of(rolledBack)).contains(Trouble.NO_ROOM);
    rolledBack = new Exception("could not commit");
    rolledBack.addSuppressed(new Exception(new SQLException("terminated", "57P01")));
    assertThat(Trouble.of(rolledBack)).contains(Trouble.CONNECTION_LOST);
    assertThat(Connections.lost(rolledBack)).isTrue();
    assertThat(Connections.lost(new SQLException("Deferred enlistment not supported"))).isTrue();
    assertThat(Trouble.of(new Exception(new SQLException("null", "23502")))).isEmpty();
  }
}
