package io.refdata.api.request;

/**
 * Series of a dataset in a parameter: {@code CO2:FRA.co2}. Neither codes nor keys hold a colon.
 *
 * @param dataset the text before the colon
 * @param key the text behind it, a key or a pattern of keys; empty without a colon
 */
public record SeriesAddress(String dataset, String key) {
  /** The parts of a text, whatever they hold. */
  public static SeriesAddress of(String text) {
    int colon = text.indexOf(':');
    return new SeriesAddress(dataset(text), colon < 0 ? "" : text.substring(colon + 1));
  }

  /** The code of the dataset that a text names. */
  public static String dataset(String text) {
    int colon = text.indexOf(':');
    return colon < 0 ? text : text.substring(0, colon);
  }
}
