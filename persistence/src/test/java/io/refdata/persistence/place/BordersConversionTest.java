package io.refdata.persistence.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.refdata.domain.place.Borders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The file of borders is what is made of the source. */
class BordersConversionTest {
  private static final String SOURCE = System.getProperty("refdata.world-atlas", "");

  @Test
  void theFileIsMadeOfItsSource() throws IOException {
    assumeTrue(!SOURCE.isEmpty(), "-Drefdata.world-atlas names no countries-10m.json");
    try (InputStream file = Borders.class.getResourceAsStream("borders.bin.gz")) {
      assertThat(unpacked(Objects.requireNonNull(file)))
          .isEqualTo(unpacked(new ByteArrayInputStream(BordersConversion.of(Path.of(SOURCE)))));
    }
  }

  private static byte[] unpacked(InputStream file) throws IOException {
    return new GZIPInputStream(file).readAllBytes();
  }
}
