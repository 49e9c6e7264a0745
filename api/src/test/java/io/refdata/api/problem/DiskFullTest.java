package io.refdata.api.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class DiskFullTest {
  /** Linux has a file that no byte fits on. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aWriteThatFindsNoRoomIsTold() {
    Throwable failure = catchThrowable(() -> Files.write(Path.of("/dev/full"), new byte[1]));
    assertThat(DiskFull.causes(failure)).isTrue();
    assertThat(DiskFull.causes(new UncheckedIOException((IOException) failure))).isTrue();
  }

  @Test
  void theDatabaseMayBeOutOfRoomToo() {
    Exception rolledBack = new Exception("could not commit");
    rolledBack.addSuppressed(new SQLException("could not extend file", "53100"));
    assertThat(DiskFull.causes(rolledBack)).isTrue();
  }

  @Test
  void anotherFailureIsAnother() {
    assertThat(DiskFull.causes(new IOException("Connection reset by peer"))).isFalse();
    assertThat(DiskFull.causes(new IllegalStateException("No space left on device"))).isFalse();
  }
}
