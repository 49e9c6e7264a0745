package io.refdata.api.access.token;

import static com.nimbusds.jose.util.JSONObjectUtils.toJSONString;
import static io.refdata.api.access.token.TestIssuer.header;
import static io.refdata.api.access.token.TestIssuer.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import io.refdata.access.Role;
import io.refdata.api.access.Caller;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TokenRefusalsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String ISSUER = "https://issuer.example";
  private static final TokenRules RULES = TestTokens.rules(ISSUER);
  private static final KeySet KEYS = keys(Keys.FIRST, Keys.CURVE);

  @Test
  void aRightTokenHasACallerWithItsRoles() throws TokenRefused {
    for (JWK key : List.of(Keys.FIRST, Keys.CURVE)) {
      assertThat(caller(token(key, claims(NOW))))
          .isEqualTo(new Caller(Caller.Kind.TOKEN, "ada", Set.of(Role.READER, Role.EDITOR)));
    }
    JWSHeader pss =
        new JWSHeader.Builder(JWSAlgorithm.PS256)
            .keyID("first")
            .type(new JOSEObjectType("application/AT+JWT"))
            .build();
    assertThat(reason(token(Keys.FIRST, pss, toJSONString(claims(NOW))))).isNull();
  }

  @Test
  void aTokenIsRightForItsTimeAndTheDifferenceOfTheClocks() {
    Map<String, Object> claims = claims(NOW);
    long now = NOW.getEpochSecond();
    claims.put("exp", now - 29);
    claims.put("nbf", now + 30);
    claims.put("iat", now + 30);
    assertThat(reason(token(Keys.FIRST, claims))).isNull();
    assertThat(reasonWith(change -> change.put("exp", now - 30))).isEqualTo(Reason.EXPIRED);
    assertThat(reasonWith(change -> change.put("nbf", now + 31))).isEqualTo(Reason.NOT_YET);
    assertThat(reasonWith(change -> change.put("iat", now + 31))).isEqualTo(Reason.NOT_YET);
  }

  @Test
  void aTokenNeedsAnExpiryThatIsADate() {
    assertThat(reasonWith(claims -> claims.remove("exp"))).isEqualTo(Reason.NO_EXPIRY);
    for (Object wrong : List.of("1900000000", true, -1, 1e300, List.of(1))) {
      assertThat(reasonWith(claims -> claims.put("exp", wrong))).isEqualTo(Reason.NO_EXPIRY);
    }
    assertThat(reasonWith(claims -> claims.put("exp", null))).isEqualTo(Reason.NO_EXPIRY);
    assertThat(reasonWith(claims -> claims.put("nbf", "soon"))).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void aTokenOfOrForOthersIsRefused() {
    assertThat(reasonWith(claims -> claims.put("iss", ISSUER + "/"))).isEqualTo(Reason.ISSUER);
    assertThat(reasonWith(claims -> claims.remove("iss"))).isEqualTo(Reason.ISSUER);
    assertThat(reasonWith(claims -> claims.put("iss", List.of(ISSUER)))).isEqualTo(Reason.ISSUER);
    assertThat(reasonWith(claims -> claims.remove("aud"))).isEqualTo(Reason.AUDIENCE);
    for (Object other : List.of("other", "other refdata", "refdata2", List.of("a", "b"), 1)) {
      assertThat(reasonWith(claims -> claims.put("aud", other))).isEqualTo(Reason.AUDIENCE);
    }
    assertThat(reasonWith(claims -> claims.put("aud", "refdata"))).isNull();
  }

  @Test
  void aTokenThatIsNotForAccessIsRefused() {
    for (String claim : List.of("at_hash", "c_hash", "events", "cnf")) {
      assertThat(reasonWith(claims -> claims.put(claim, "x"))).isEqualTo(Reason.PURPOSE);
    }
    for (String type : List.of("ID", "Refresh", "Logout")) {
      assertThat(reasonWith(claims -> claims.put("typ", type))).isEqualTo(Reason.PURPOSE);
    }
    assertThat(reasonWith(claims -> claims.put("typ", "Bearer"))).isNull();
  }

  @Test
  void onlyTheTypesOfTheSettingsAreAccepted() {
    JWSHeader.Builder header = header(Keys.FIRST);
    for (String type : List.of("dpop+jwt", "logout+jwt", "secevent+jwt", "JOSE", "")) {
      String other = token(Keys.FIRST, header.type(new JOSEObjectType(type)).build(), claimsText());
      assertThat(reason(other)).as(type).isEqualTo(Reason.TYPE);
    }
    assertThat(reason(token(Keys.FIRST, header.type(null).build(), claimsText())))
        .isEqualTo(Reason.TYPE);
  }

  @Test
  void aTokenWithoutASignatureIsRefused() {
    String claims = Base64URL.encode(claimsText()).toString();
    for (String algorithm : List.of("none", "None", "NONE", "nOnE")) {
      String header =
          Base64URL.encode("{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}").toString();
      assertThat(reason(header + "." + claims + ".")).isEqualTo(Reason.MALFORMED);
      assertThat(reason(header + "." + claims + ".AA")).isIn(Reason.MALFORMED, Reason.ALGORITHM);
    }
  }

  @Test
  void aTokenSignedWithThePublicKeyAsASecretIsRefused() throws JOSEException {
    byte[] secret = Keys.FIRST.toRSAPublicKey().getEncoded();
    for (JWSAlgorithm algorithm :
        List.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512)) {
      JWSHeader header = new JWSHeader.Builder(algorithm).keyID("first").build();
      String content = header.toBase64URL() + "." + Base64URL.encode(claimsText());
      Base64URL signature =
          new MACSigner(secret).sign(header, content.getBytes(StandardCharsets.US_ASCII));
      assertThat(reason(content + "." + signature)).isEqualTo(Reason.ALGORITHM);
    }
  }

  @Test
  void anAlgorithmThatIsNotAcceptedIsRefusedWithARightSignatureToo() {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("first").build();
    assertThat(reason(token(Keys.FIRST, header, claimsText()))).isEqualTo(Reason.ALGORITHM);
  }

  @Test
  void anAlgorithmOfAnotherKindOfKeyIsRefused() {
    JWSHeader wrong =
        new JWSHeader.Builder(JWSAlgorithm.ES256).type(JOSEObjectType.JWT).keyID("first").build();
    String token = token(Keys.CURVE, wrong, claimsText());
    assertThat(reason(token)).isEqualTo(Reason.ALGORITHM);
  }

  @Test
  void aKeyThatIsMeantForOneAlgorithmIsUsedForNoOther() throws TokenRefused {
    JWK meant = new RSAKey.Builder(Keys.FIRST).algorithm(JWSAlgorithm.PS256).build();
    assertThat(reason(token(Keys.FIRST, claims(NOW)), keys(meant))).isEqualTo(Reason.ALGORITHM);
  }

  @Test
  void aKeyThatIsNotPublishedIsRefused() {
    assertThat(reason(token(Keys.SECOND, claims(NOW)))).isEqualTo(Reason.UNKNOWN_KEY);
    JWSHeader name = header(Keys.FIRST).build();
    assertThat(reason(token(Keys.SECOND, name, claimsText()))).isEqualTo(Reason.SIGNATURE);
  }

  @Test
  void aTokenWithoutTheNameOfAKeyNeedsASetWithOneThatFits() {
    JWSHeader header = header(Keys.FIRST).keyID(null).build();
    String token = token(Keys.FIRST, header, claimsText());
    assertThat(reason(token)).isNull();
    assertThat(reason(token, keys(Keys.FIRST, Keys.SECOND))).isEqualTo(Reason.UNKNOWN_KEY);
    assertThat(reason(token, keys(Keys.SECOND))).isEqualTo(Reason.SIGNATURE);
  }

  @Test
  void keysThatATokenBringsAreNotUsed() {
    JWSHeader header =
        header(Keys.FIRST)
            .jwk(Keys.SECOND.toPublicJWK())
            .jwkURL(URI.create("http://localhost:1/keys"))
            .x509CertURL(URI.create("http://localhost:1/certificate"))
            .build();
    assertThat(reason(token(Keys.SECOND, header, claimsText()))).isEqualTo(Reason.SIGNATURE);
    assertThat(reason(token(Keys.FIRST, header, claimsText()))).isNull();
  }

  @Test
  void headersThatHaveToBeUnderstoodAreRefused() {
    for (String extension : List.of("exp", "b64", "http://example.org/x")) {
      JWSHeader header = header(Keys.FIRST).criticalParams(Set.of(extension)).build();
      assertThat(reason(token(Keys.FIRST, header, claimsText()))).isEqualTo(Reason.CRITICAL);
    }
    JWSHeader header = header(Keys.FIRST).build();
    String unencoded =
        Base64URL.encode("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"first\",\"b64\":false}")
            .toString();
    assertThat(reason(token(Keys.FIRST, header, unencoded, claimsText())))
        .isEqualTo(Reason.CRITICAL);
  }

  @Test
  void aHeaderOrPayloadThatSaysAThingTwiceIsRefused() {
    JWSHeader header = header(Keys.FIRST).build();
    String twice =
        Base64URL.encode("{\"alg\":\"none\",\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"first\"}")
            .toString();
    assertThat(reason(token(Keys.FIRST, header, twice, claimsText()))).isEqualTo(Reason.MALFORMED);
    String claims = claimsText();
    String doubled = claims.substring(0, claims.length() - 1) + ",\"exp\":99999999999}";
    assertThat(reason(token(Keys.FIRST, header, doubled))).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void aTextThatIsNoTokenIsRefused() {
    String right = token(Keys.FIRST, claims(NOW));
    String[] parts = right.split("\\.", -1);
    List<String> wrong =
        List.of(
            "",
            ".",
            "..",
            "...",
            "a.b",
            "a.b.c",
            "a.b.c.d",
            "\u00e4.b.c",
            right + ".",
            right + "." + parts[2],
            right + "=",
            right + "\n",
            " " + right,
            parts[0] + "." + parts[1],
            parts[0] + "." + parts[1] + ".",
            "." + parts[1] + "." + parts[2],
            parts[0] + ".." + parts[2],
            parts[0] + "." + parts[1] + "." + parts[2].replaceFirst("^.", "+"),
            parts[0] + "." + parts[1] + ".!" + parts[2],
            "{\"payload\":\"" + parts[1] + "\",\"signatures\":[{},{}]}",
            "W10." + parts[1] + "." + parts[2],
            "bnVsbA." + parts[1] + "." + parts[2]);
    for (String text : wrong) {
      assertThat(reason(text)).as(text).isEqualTo(Reason.MALFORMED);
    }
  }

  @Test
  void aTokenWithTwoSignaturesIsNotEvenRecognized() {
    String right = token(Keys.FIRST, claims(NOW));
    assertThat(PresentedToken.hasParts(right)).isTrue();
    assertThat(PresentedToken.hasParts(right + "." + right)).isFalse();
    assertThat(PresentedToken.hasParts("rdk_123")).isFalse();
    assertThat(PresentedToken.hasParts("a.b")).isFalse();
  }

  @Test
  void aTokenThatWasCutOrChangedIsRefused() {
    String right = token(Keys.FIRST, claims(NOW));
    int payload = right.indexOf('.') + 1;
    int signature = right.lastIndexOf('.') + 1;
    for (int length = signature + 1; length < right.length() - 1; length += 7) {
      assertThat(reason(right.substring(0, length))).isIn(Reason.SIGNATURE, Reason.MALFORMED);
    }
    char last = right.charAt(right.length() - 1);
    String sameBytes = right.substring(0, right.length() - 1) + (char) (last + 1);
    assertThat(reason(sameBytes)).isEqualTo(Reason.MALFORMED);
    for (int at = payload; at < right.length() - 1; at += 5) {
      if (at != signature - 1) {
        char[] changed = right.toCharArray();
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        assertThat(reason(new String(changed))).isEqualTo(Reason.SIGNATURE);
      }
    }
  }

  @Test
  void aTokenThatNestsDeeplyIsRefused() {
    char[] deep = new char[5_000];
    Arrays.fill(deep, '[');
    String nested =
        token(Keys.FIRST, header(Keys.FIRST).build(), "{\"exp\":" + new String(deep) + "}");
    assertThat(reason(nested)).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void aNameThatOthersHaveOrThatCannotBeShownIsRefused() {
    for (Object name :
        List.of(
            "anonymous", "platform", "key:nightly", "", " ", "a\nb", "a\u202eb", "x".repeat(201))) {
      assertThat(reasonWith(claims -> claims.put("preferred_username", name)))
          .isEqualTo(Reason.NAME);
    }
    assertThat(reasonWith(claims -> claims.put("preferred_username", 7))).isNull();
    assertThat(
            reasonWith(
                claims -> {
                  claims.remove("preferred_username");
                  claims.remove("sub");
                }))
        .isEqualTo(Reason.NAME);
  }

  @Test
  void aHeaderOfAnyContentIsRefusedAndFailsNowhere() {
    List<String> values =
        List.of("null", "0", "-1e400", "true", "\"\"", "\"x\"", "[]", "[null]", "{}", "{\"a\":1}");
    List<String> names =
        List.of("alg", "typ", "kid", "crit", "jwk", "jku", "x5u", "x5c", "x5t", "b64", "cty", "y");
    String[] parts = token(Keys.FIRST, claims(NOW)).split("\\.", -1);
    for (String name : names) {
      for (String value : values) {
        for (String rest : List.of("", ",\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"first\"")) {
          String header = "{\"" + name + "\":" + value + rest + "}";
          assertThat(reason(Base64URL.encode(header) + "." + parts[1] + "." + parts[2]))
              .as(header)
              .isNotNull();
        }
      }
    }
  }

  @Test
  void aPayloadThatIsNoObjectIsRefused() {
    for (String payload : List.of("null", "[]", "7", "\"x\"", "", "{", "\u0000", "{}x")) {
      String token = token(Keys.FIRST, header(Keys.FIRST).build(), payload);
      assertThat(reason(token)).as(payload).isEqualTo(Reason.MALFORMED);
    }
  }

  @Test
  void keysThatAreNotSafeAreLeftOut() throws IOException {
    String right = Keys.FIRST.toPublicJWK().toString();
    String weak = Keys.rsa("weak", 1_024).toPublicJWK().toString();
    String encryption = right.replace("\"sig\"", "\"enc\"").replace("first", "other");
    String secret = "{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"secret\"}";
    String off =
        Keys.curve("off", Curve.P_256).toPublicJWK().toString().replace("\"x\":\"", "\"x\":\"A");
    String unknown = "{\"kty\":\"NEW\",\"kid\":\"new\"}";
    String all = String.join(",", weak, encryption, secret, off, unknown, "7", "null", right);
    KeySet read = KeySet.of("{\"keys\":[" + all + "]}", 20);
    assertThat(read.hasSameKeysAs(keys(Keys.FIRST))).isTrue();
  }

  /** Why a right token is refused after a change of its claims; null if it is accepted. */
  private static @Nullable Reason reasonWith(Consumer<Map<String, Object>> change) {
    Map<String, Object> claims = claims(NOW);
    change.accept(claims);
    return reason(token(Keys.FIRST, claims));
  }

  private static @Nullable Reason reason(String token) {
    return reason(token, KEYS);
  }

  private static @Nullable Reason reason(String token, KeySet keys) {
    try {
      caller(token, keys);
      return null;
    } catch (TokenRefused e) {
      return e.reason();
    }
  }

  private static Caller caller(String token) throws TokenRefused {
    return caller(token, KEYS);
  }

  private static Caller caller(String token, KeySet keys) throws TokenRefused {
    PresentedToken presented = PresentedToken.of(token, RULES);
    keys.signer(presented);
    Claims claims = new Claims(presented.claims(), RULES);
    assertThat(claims.check(NOW)).isAfter(NOW).isBefore(NOW.plus(Duration.ofHours(1)));
    return claims.caller();
  }

  private static String claimsText() {
    return toJSONString(claims(NOW));
  }

  private static Map<String, Object> claims(Instant now) {
    Map<String, Object> claims = new HashMap<>();
    claims.put("iss", ISSUER);
    claims.put("aud", List.of("account", "refdata"));
    claims.put("sub", "1f3");
    claims.put("preferred_username", "ada");
    claims.put("roles", List.of("reader", "editor", "uma_authorization", "OPERATOR", 7));
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(Duration.ofMinutes(5)).getEpochSecond());
    return claims;
  }

  private static KeySet keys(JWK... keys) {
    try {
      return KeySet.of(new JWKSet(List.of(keys)).toString(true), 20);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
