package io.refdata.api.platform;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.refdata.access.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An issuer of tokens for development and tests, with a key of its own that is made anew for each.
 * No server takes its tokens from other machines.
 */
public final class DevelopmentIssuer {
  /** A host that no real one is called. */
  public static final String ISSUER = "https://development.invalid";

  public static final String AUDIENCE = "refdata";

  private static final Duration VALID = Duration.ofDays(30);

  private final ECKey key;
  private final Path keys;

  private DevelopmentIssuer(ECKey key, Path keys) {
    this.key = key;
    this.keys = keys;
  }

  /** An issuer that publishes its key in a file of a directory. */
  public static DevelopmentIssuer in(Path directory) {
    try {
      ECKey key =
          new ECKeyGenerator(Curve.P_256)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.ES256)
              .keyID(UUID.randomUUID().toString())
              .generate();
      Path keys = Files.createDirectories(directory).resolve("jwks.json").toAbsolutePath();
      Files.writeString(keys, new JWKSet(key.toPublicJWK()).toString());
      return new DevelopmentIssuer(key, keys);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The settings of a server that takes its tokens. */
  public Map<String, String> settings() {
    return Map.of(
        "refdata.access.issuer",
        ISSUER,
        "refdata.access.audience",
        AUDIENCE,
        "refdata.access.keys",
        keys.toUri().toString(),
        "refdata.access.roles-claim",
        "roles");
  }

  /** The claims of a good token. */
  public static JWTClaimsSet.Builder claims(String... roles) {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .subject("development-" + String.join("-", roles))
        .jwtID(UUID.randomUUID().toString())
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(VALID)))
        .claim("roles", List.of(roles));
  }

  /** A token with these roles. */
  public String token(String... roles) {
    return signed(claims(roles).build());
  }

  /** A token that says what it is told to. */
  public String signed(JWTClaimsSet claims) {
    try {
      JWSHeader header =
          new JWSHeader.Builder(JWSAlgorithm.ES256)
              .type(new JOSEObjectType("at+jwt"))
              .keyID(key.getKeyID())
              .build();
      SignedJWT token = new SignedJWT(header, claims);
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes a token of each role, and one of all, each into a file of its own. */
  void writeTokens(Path directory) {
    String[] all = Role.words().toArray(String[]::new);
    try {
      Files.createDirectories(directory);
      for (String role : all) {
        write(directory.resolve(role + ".jwt"), token(role));
      }
      write(directory.resolve("all.jwt"), signed(claims(all).subject("developer").build()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Only the owner can read it. */
  private static void write(Path file, String token) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file);
    if (Files.getFileAttributeView(file, PosixFileAttributeView.class) != null) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    Files.writeString(file, token + "\n");
  }
}
