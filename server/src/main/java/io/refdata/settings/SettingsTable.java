package io.refdata.settings;

/** The table of settings in docs/settings.md. */
public final class SettingsTable {
  private SettingsTable() {}

  /** The table in Markdown, with one line for each setting. */
  public static String markdown() {
    StringBuilder table = new StringBuilder("| setting | value | default | what it is |\n");
    table.append("| --- | --- | --- | --- |\n");
    for (Setting setting : Setting.values()) {
      table.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  setting.property(),
                  setting.kind().words(),
                  setting.standard().isEmpty() ? "none" : "`" + setting.standard() + "`",
                  setting.meaning()));
    }
    return table.toString();
  }
}
