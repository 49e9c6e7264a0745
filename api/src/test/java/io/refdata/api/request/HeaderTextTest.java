package io.refdata.api.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HeaderTextTest {
  private static String read(byte[] sent) {
    return HeaderText.of(new String(sent, StandardCharsets.ISO_8859_1));
  }

  @Test
  void utf8IsReadAsItIs() {
    for (String text : new String[] {"checked", "gepr\u00fcft: Gr\u00f6\u00dfe", "\u691c\u8a3c"}) {
      assertThat(read(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
    }
  }

  @Test
  void whatIsNotUtf8IsLatin1() {
    assertThat(read("gepr\u00fcft".getBytes(StandardCharsets.ISO_8859_1)))
        .isEqualTo("gepr\u00fcft");
  }
}
