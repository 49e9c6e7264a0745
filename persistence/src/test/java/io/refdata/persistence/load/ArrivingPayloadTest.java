package io.refdata.persistence.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.refdata.domain.load.Load;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivingPayloadTest {

  @Test
  void aFileIsForTheUserOfTheServerOnly(@TempDir Path home) throws IOException {
    assumeThat(home.getFileSystem().supportedFileAttributeViews()).contains("posix");
    Payloads payloads = new Payloads(home);
    try (ArrivingPayload arriving = payloads.arriving()) {
      arriving.write(ByteBuffer.wrap("a,b\n".getBytes(StandardCharsets.UTF_8)));
      Load.File file = arriving.finish(null);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(payloads.path(file))))
          .isEqualTo("rw-------");
    }
  }
}
