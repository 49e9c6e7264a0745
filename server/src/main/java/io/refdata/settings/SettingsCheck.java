package io.refdata.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds faults in the settings that a server was started with. */
public final class SettingsCheck {
  private static final String PROPERTY = "refdata.";
  private static final String VARIABLE = "REFDATA_";

  /** The most wrong letters in a name that count as a typing error. */
  private static final int SLIPS = 4;

  /**
   * Ends of variables that Kubernetes sets in each container; a service may have a name that begins
   * like ours.
   */
  private static final List<String> SERVICE_LINK_ENDS =
      List.of("_SERVICE_HOST", "_TCP_ADDR", "_TCP_PROTO", "_TCP_PORT");

  /** The bearer token of clients of the platform; it may be set in the same shell. */
  private static final String OF_CLIENTS = "REFDATA_TOKEN";

  private SettingsCheck() {}

  /** One line for each fault; empty if there are none. No line shows a password. */
  public static List<String> faults(
      Map<String, String> properties, Map<String, String> environment) {
    List<String> faults = new ArrayList<>();
    properties.forEach((name, value) -> check(name, value, Names.PROPERTIES, faults));
    environment.forEach(
        (name, value) -> {
          if (!isServiceLink(name, value) && !name.equals(OF_CLIENTS)) {
            check(name, value, Names.VARIABLES, faults);
          }
        });
    for (Setting setting : Setting.values()) {
      checkFile(setting, properties, environment, faults);
    }
    if (faults.isEmpty()) {
      long least = value(Setting.POOL_MIN, properties, environment);
      long most = value(Setting.POOL_MAX, properties, environment);
      if (least > most) {
        faults.add("refdata.pool.min=" + least + " is more than refdata.pool.max=" + most);
      }
      if (!text(Setting.ALERTS_WEBHOOKS, properties, environment).isEmpty()
          && text(Setting.ALERTS_SECRET, properties, environment).isEmpty()) {
        faults.add("refdata.alerts.webhooks needs refdata.alerts.secret: webhooks are signed");
      }
      if (!text(Setting.ACCESS_ISSUER, properties, environment).isEmpty()
          && text(Setting.ACCESS_AUDIENCE, properties, environment).isBlank()) {
        faults.add(
            "refdata.access.issuer needs refdata.access.audience: tokens for others are refused");
      }
      long checking = value(Setting.ACCESS_CHECKS_AT_A_TIME, properties, environment);
      long waiting = value(Setting.ACCESS_KEYS_WAITING, properties, environment);
      if (waiting >= checking) {
        faults.add(
            "refdata.access.keys-waiting=%d must be less than refdata.access.checks.at-a-time=%d: all threads that check would wait"
                .formatted(waiting, checking));
      }
    }
    faults.sort(Comparator.naturalOrder());
    return faults;
  }

  /** The system properties of this process. */
  public static Map<String, String> properties() {
    return System.getProperties().stringPropertyNames().stream()
        .collect(Collectors.toMap(Function.identity(), System::getProperty));
  }

  private static long value(
      Setting setting, Map<String, String> properties, Map<String, String> environment) {
    return Long.parseLong(text(setting, properties, environment));
  }

  private static String text(
      Setting setting, Map<String, String> properties, Map<String, String> environment) {
    return Optional.ofNullable(given(setting, properties, environment))
        .or(() -> SecretFile.path(setting, properties, environment).map(SecretFile::read))
        .orElse(setting.standard());
  }

  private static @Nullable String given(
      Setting setting, Map<String, String> properties, Map<String, String> environment) {
    return properties.getOrDefault(setting.property(), environment.get(setting.variable()));
  }

  /** A secret that comes from a file must be there, of its kind, and given nowhere else. */
  private static void checkFile(
      Setting setting,
      Map<String, String> properties,
      Map<String, String> environment,
      List<String> faults) {
    String path = SecretFile.path(setting, properties, environment).orElse(null);
    if (path == null) {
      return;
    }
    String name = setting.property() + SecretFile.PROPERTY_END;
    if (given(setting, properties, environment) != null) {
      faults.add(name + " and " + setting.property() + " are both set");
      return;
    }
    try {
      if (!setting.kind().fits().test(SecretFile.read(path))) {
        faults.add(name + ": what the file holds must be " + setting.kind().words());
      }
    } catch (IllegalStateException e) {
      faults.add(name + ": " + e.getMessage());
    }
  }

  private static boolean isServiceLink(String name, String value) {
    return SERVICE_LINK_ENDS.stream().anyMatch(name::endsWith)
        || name.contains("_SERVICE_PORT")
        || value.startsWith("tcp://")
        || value.startsWith("udp://");
  }

  /** The names that settings have in one of the two places they are given in. */
  private enum Names {
    PROPERTIES(PROPERTY, SecretFile.PROPERTY_END, Setting::property),
    VARIABLES(VARIABLE, SecretFile.VARIABLE_END, Setting::variable);

    private final String prefix;
    private final String fileEnd;
    private final Function<Setting, String> name;

    Names(String prefix, String fileEnd, Function<Setting, String> name) {
      this.prefix = prefix;
      this.fileEnd = fileEnd;
      this.name = name;
    }
  }

  private static void check(String name, String value, Names names, List<String> faults) {
    if (!name.startsWith(names.prefix)) {
      return;
    }
    for (Setting setting : Setting.values()) {
      String own = names.name.apply(setting);
      if (own.equals(name)) {
        checkValue(name, value, setting, faults);
        return;
      }
      if (!setting.kind().shown() && name.equals(own + names.fileEnd)) {
        return;
      }
    }
    faults.add(name + " is no setting" + meant(name, names.name));
  }

  private static void checkValue(String name, String value, Setting setting, List<String> faults) {
    if (!setting.kind().fits().test(value)) {
      String shown = setting.kind().shown() ? "=" + value.replace('\n', ' ') : "";
      faults.add(name + shown + " must be " + setting.kind().words());
    }
  }

  private static String meant(String name, Function<Setting, String> names) {
    @Nullable String nearest = null;
    int least = SLIPS + 1;
    for (Setting setting : Setting.values()) {
      int distance = distance(name, names.apply(setting));
      if (distance < least) {
        least = distance;
        nearest = names.apply(setting);
      }
    }
    return nearest == null
        ? "; docs/settings.md lists them"
        : "; " + nearest + " was probably meant";
  }

  /** The number of letters to change, add or remove (Levenshtein distance). */
  private static int distance(String one, String other) {
    int[] before = new int[other.length() + 1];
    Arrays.setAll(before, i -> i);
    for (int i = 1; i <= one.length(); i++) {
      int[] now = new int[other.length() + 1];
      now[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        now[j] = Math.min(before[j - 1] + change, Math.min(before[j], now[j - 1]) + 1);
      }
      before = now;
    }
    return before[other.length()];
  }
}
