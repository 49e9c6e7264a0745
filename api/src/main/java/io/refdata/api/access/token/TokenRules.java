package io.refdata.api.access.token;

import com.nimbusds.jose.JWSAlgorithm;
import io.refdata.settings.Setting;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rules for tokens.
 *
 * @param issuer its {@code iss}, letter by letter
 * @param audience one of its {@code aud}
 * @param algorithms the algorithms of signatures that are accepted; none of them is symmetric
 * @param types the {@code typ} of headers that are accepted, in small letters; {@link #NO_TYPE}
 *     stands for headers without one
 * @param skew by how much the clocks of the issuer and the server may differ
 * @param longest how long after it was issued a token is accepted at most; so long endings are kept
 * @param rolesClaim where its roles are: the name of a claim, or a path with dots
 * @param rolePrefix what comes before the name of a role there
 * @param nameClaim the claim with the name of the caller; {@code sub} if a token lacks it
 * @param longestName characters of that name at most
 */
record TokenRules(
    String issuer,
    String audience,
    Set<JWSAlgorithm> algorithms,
    Set<String> types,
    Duration skew,
    Duration longest,
    String rolesClaim,
    String rolePrefix,
    String nameClaim,
    int longestName) {
  /** The word of the setting for headers without a type. */
  static final String NO_TYPE = "absent";

  static TokenRules ofSettings() {
    return new TokenRules(
        Setting.ACCESS_ISSUER.text(),
        Setting.ACCESS_AUDIENCE.text(),
        list(Setting.ACCESS_ALGORITHMS).stream()
            .map(JWSAlgorithm::parse)
            .collect(Collectors.toUnmodifiableSet()),
        list(Setting.ACCESS_TYPES).stream()
            .map(type -> type.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet()),
        Duration.ofSeconds(Setting.ACCESS_SKEW.number()),
        Setting.ACCESS_ENDINGS_KEPT.time(),
        Setting.ACCESS_ROLES_CLAIM.text(),
        Setting.ACCESS_ROLE_PREFIX.text(),
        Setting.ACCESS_NAME_CLAIM.text(),
        (int) Setting.ACCESS_NAME_CHARACTERS.number());
  }

  private static Set<String> list(Setting setting) {
    return Arrays.stream(setting.text().split(",", -1)).collect(Collectors.toUnmodifiableSet());
  }
}
