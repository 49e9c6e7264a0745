package io.refdata.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that a certificate and its key are read from. */
@SuppressWarnings("NullAway.Init")
class CertificateTest {
  private static final String PASSWORD = "for-a-test";

  @TempDir Path directory;
  private Path chain;
  private Path key;

  @BeforeEach
  void name() {
    chain = directory.resolve("chain.pem");
    key = directory.resolve("key.pem");
  }

  private Path store(String algorithm) throws IOException, InterruptedException {
    Path store = directory.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    keytool.getInputStream().readAllBytes();
    assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return store;
  }

  private void writePem(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    write(chain, "CERTIFICATE", keys.getCertificate("server").getEncoded());
    write(key, "PRIVATE KEY", keys.getKey("server", PASSWORD.toCharArray()).getEncoded());
  }

  private static void write(Path file, String type, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void aChainAndAKeyInPemAreRead(String algorithm) throws Exception {
    writePem(store(algorithm));
    assertThat(new Certificate(chain, key, "").context().getProtocol()).isEqualTo("TLS");
  }

  @Test
  void bothInOneFileAreRead() throws Exception {
    Path store = store("EC");
    assertThat(new Certificate(store, store, PASSWORD).context()).isNotNull();
    assertThatThrownBy(() -> new Certificate(store, store, "wrong").context())
        .isInstanceOf(IOException.class);
  }

  @Test
  void whatIsNoKeySaysHowToMakeOne() throws Exception {
    writePem(store("EC"));
    Files.writeString(key, Files.readString(key).replace("PRIVATE KEY", "EC PRIVATE KEY"));
    assertThatThrownBy(() -> new Certificate(chain, key, "").context())
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining("openssl pkcs8");
    Files.writeString(chain, "");
    assertThatThrownBy(() -> new Certificate(chain, key, "").context())
        .isInstanceOf(GeneralSecurityException.class);
  }
}
