package io.refdata.settings;

/** The settings as the README lists them. */
public final class SettingsTable {
  private SettingsTable() {}

  /** A table in Markdown, one line a setting. */
  public static String markdown() {
    StringBuilder table = new StringBuilder("| setting | value | default | what it is |\n");
    table.append("| --- | --- | --- | --- |\n");
    for (Setting setting : Setting.values()) {
      table.append(
          "| `%s` | %s | `%s` | %s |\n"
              .formatted(
                  setting.property(),
                  setting.kind().words(),
                  setting.standard(),
                  setting.meaning()));
    }
    return table.toString();
  }
}
