package io.refdata.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingTest {
  private static final Path TABLE = Path.of("../docs/settings.md");
  private static final Path SERVER = Path.of("../api/src/main/provisioning/server.cli");
  private static final List<Path> CODE =
      List.of(
          Path.of("../db/src/main/java"),
          Path.of("../persistence/src/main/java"),
          Path.of("../batch/src/main/java"),
          Path.of("../api/src/main/java"));

  @Test
  void theDocumentationHasTheTable() throws IOException {
    assertThat(Files.readString(TABLE))
        .as("copy this into docs/settings.md:%n%s", SettingsTable.markdown())
        .contains(SettingsTable.markdown());
  }

  @Test
  void everyExpressionOfTheServerIsASettingWithTheSameDefault() throws IOException {
    Matcher expression =
        Pattern.compile("\"\\$\\{(refdata[^:}]+):((?:\\$\\{[^}]*\\}|[^}\"])*)\\}")
            .matcher(Files.readString(SERVER));
    Set<String> found = new LinkedHashSet<>();
    while (expression.find()) {
      String name = expression.group(1);
      found.add(name);
      assertThat(Setting.of(name)).as(name).isPresent();
      assertThat(expression.group(2)).as(name).isEqualTo(Setting.of(name).orElseThrow().standard());
    }
    assertThat(found).hasSizeGreaterThan(10);
  }

  @Test
  void eachDefaultIsOfItsKind() {
    for (Setting setting : Setting.values()) {
      assertThat(setting.kind().fits().test(setting.standard())).as(setting.property()).isTrue();
      assertThat(setting.property()).isEqualTo(setting.property().strip()).startsWith("refdata.");
    }
    assertThat(Arrays.stream(Setting.values()).map(Setting::variable).collect(Collectors.toSet()))
        .hasSize(Setting.values().length);
  }

  @Test
  void everyValueIsReadThroughASetting() throws IOException {
    Pattern reading =
        Pattern.compile("(getProperty|getInteger|getLong|getBoolean|Value)\\(\\s*\"refdata\\.");
    for (Path root : CODE) {
      try (var files = Files.walk(root)) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          assertThat(reading.matcher(Files.readString(file)).find()).as(file.toString()).isFalse();
        }
      }
    }
  }

  @Test
  void aTypingErrorIsReportedWithTheProbableSetting() {
    assertThat(faults(Map.of("refdata.pol.max", "30"), Map.of()))
        .containsExactly("refdata.pol.max is no setting; refdata.pool.max was probably meant");
    assertThat(faults(Map.of(), Map.of("REFDATA_DB_PASWORD", "secret")))
        .containsExactly(
            "REFDATA_DB_PASWORD is no setting; REFDATA_DB_PASSWORD was probably meant");
    assertThat(faults(Map.of("refdata.something.else.altogether", ""), Map.of()))
        .containsExactly(
            "refdata.something.else.altogether is no setting; docs/settings.md lists them");
  }

  @Test
  void aWrongValueIsReportedWithItsKind() {
    assertThat(faults(Map.of("refdata.pool.max", "many"), Map.of()))
        .containsExactly("refdata.pool.max=many must be a whole number from 1 to 1000");
    assertThat(faults(Map.of(), Map.of("REFDATA_ANSWERS_PAST_LIFETIME", "an hour")))
        .containsExactly("REFDATA_ANSWERS_PAST_LIFETIME=an hour must be a duration like PT1H");
    assertThat(faults(Map.of("refdata.audit.seal-every", "PT30S"), Map.of()))
        .containsExactly("refdata.audit.seal-every=PT30S must be a duration of at least PT1M");
    assertThat(faults(Map.of("refdata.payloads.kept", "P999999D"), Map.of()))
        .containsExactly("refdata.payloads.kept=P999999D must be a duration of at most PT876000H");
    assertThat(faults(Map.of("refdata.access.operator-key", "#".repeat(40)), Map.of())).hasSize(1);
    assertThat(faults(Map.of("refdata.pool.min", "30"), Map.of("REFDATA_POOL_MAX", "10")))
        .containsExactly("refdata.pool.min=30 is more than refdata.pool.max=10");
  }

  @Test
  void webhooksNeedASecret() {
    String address = "https://host/hooks/1,http://10.0.0.1:9000/in";
    String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    assertThat(faults(Map.of("refdata.alerts.webhooks", address), Map.of()))
        .containsExactly(
            "refdata.alerts.webhooks needs refdata.alerts.secret: webhooks are signed");
    assertThat(
            faults(
                Map.of("refdata.alerts.webhooks", address),
                Map.of("REFDATA_ALERTS_SECRET", secret)))
        .isEmpty();
    assertThat(
            faults(
                Map.of(
                    "refdata.alerts.webhooks", "ftp://host/secret",
                    "refdata.alerts.secret", "whsec_c2hvcnQ=",
                    "refdata.alerts.alertmanagers", "http://a,http://a"),
                Map.of()))
        .hasSize(3)
        .noneMatch(line -> line.contains("c2hvcnQ=") || line.contains("host/secret"));
  }

  @Test
  void tokensNeedAnAudienceAndAlgorithmsWithTwoKeys() {
    String issuer = "https://issuer.example/realms/refdata";
    assertThat(faults(Map.of("refdata.access.issuer", issuer), Map.of()))
        .containsExactly(
            "refdata.access.issuer needs refdata.access.audience: tokens for others are refused");
    assertThat(
            faults(
                Map.of("refdata.access.issuer", issuer, "refdata.access.audience", "refdata"),
                Map.of("REFDATA_ACCESS_KEYS", "file:///etc/refdata/keys.json")))
        .isEmpty();
    for (String wrong :
        List.of("none", "HS256", "RS256,HS512", "RS256,none", "", "RS256,", "rs256")) {
      assertThat(faults(Map.of("refdata.access.algorithms", wrong), Map.of())).hasSize(1);
    }
    for (String wrong : List.of("file:keys", "file://host/keys", "ftp://host/keys", "/keys")) {
      assertThat(faults(Map.of("refdata.access.keys", wrong), Map.of())).hasSize(1);
    }
    assertThat(faults(Map.of("refdata.access.skew", "61"), Map.of())).hasSize(1);
    assertThat(faults(Map.of("refdata.access.keys-waiting", "4"), Map.of()))
        .singleElement()
        .asString()
        .contains("must be less than refdata.access.checks.at-a-time=4");
  }

  @Test
  void aSecretMayComeFromAFile(@TempDir Path directory) throws IOException {
    Path password = Files.writeString(directory.resolve("password"), "mark 4711 \n");
    Map<String, String> given = Map.of("refdata.db.password-file", password.toString());
    assertThat(faults(given, Map.of())).isEmpty();
    assertThat(faults(Map.of(), Map.of("REFDATA_DB_PASSWORD_FILE", password.toString()))).isEmpty();
    assertThat(SecretFile.read(password.toString())).isEqualTo("mark 4711 ");
    assertThat(faults(given, Map.of("REFDATA_DB_PASSWORD", "mark 4711")))
        .containsExactly("refdata.db.password-file and refdata.db.password are both set");
    assertThat(faults(Map.of("refdata.alerts.secret-file", password.toString()), Map.of()))
        .singleElement()
        .asString()
        .startsWith("refdata.alerts.secret-file: what the file holds must be whsec_")
        .doesNotContain("4711");
    assertThat(
            faults(
                Map.of("refdata.db.password-file", directory.resolve("none").toString()), Map.of()))
        .singleElement()
        .asString()
        .endsWith("none can't be read");
    Files.write(password, new byte[100_000]);
    assertThat(faults(given, Map.of())).singleElement().asString().endsWith("large for a secret");
    Files.write(password, new byte[] {(byte) 0xFF});
    assertThat(faults(given, Map.of())).singleElement().asString().endsWith("not in UTF-8");
    assertThat(faults(Map.of("refdata.pool.max-file", "x"), Map.of()))
        .singleElement()
        .asString()
        .startsWith("refdata.pool.max-file is no setting");
  }

  @Test
  void rolesAndCollectionsAreListedOnceEach() {
    String anybody = "refdata.access.anybody";
    String collections = "refdata.access.public-collections";
    for (String good : List.of("", "reader", "reader,loader")) {
      assertThat(faults(Map.of(anybody, good), Map.of())).as(good).isEmpty();
    }
    for (String bad : List.of("READER", "reader,", "reader,reader", "reader, loader", "admin")) {
      assertThat(faults(Map.of(anybody, bad), Map.of())).as(bad).hasSize(1);
    }
    assertThat(faults(Map.of(collections, "units,code-lists"), Map.of())).isEmpty();
    assertThat(faults(Map.of(collections, "units,,regions"), Map.of())).hasSize(1);
  }

  @Test
  void noLineShowsASecret() {
    assertThat(faults(Map.of("refdata.db.url", "postgres://me:secret@db"), Map.of()))
        .singleElement()
        .asString()
        .doesNotContain("secret");
  }

  @Test
  void variablesOfOtherProgramsAreIgnored() {
    assertThat(
            faults(
                Map.of("java.version", "17", "refdatabase", "x"),
                Map.of(
                    "REFDATA_PORT", "tcp://10.0.0.1:8080",
                    "REFDATA_TOKEN", "a bearer token of a client",
                    "REFDATA_SERVICE_HOST", "10.0.0.1",
                    "REFDATA_SERVICE_PORT_HTTP", "8080",
                    "REFDATA_PORT_8080_TCP_ADDR", "10.0.0.1",
                    "PATH", "/bin")))
        .isEmpty();
  }

  private static List<String> faults(
      Map<String, String> properties, Map<String, String> variables) {
    return SettingsCheck.faults(properties, variables);
  }
}
