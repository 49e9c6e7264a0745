package io.refdata.api.load;

import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The media types of files, and what each says of the file. Any of them may be in gzip. */
enum FileType {
  CSV("text/csv", "csv"),
  TSV("text/tab-separated-values", "csv"),
  PLAIN("text/plain", "csv"),
  NDJSON("application/x-ndjson", "ndjson"),
  /** The layout says which format is in it. */
  GZIP("application/gzip", null),
  ZIP("application/zip", null);

  private static final String READ =
      "Files are read as text/csv, text/tab-separated-values, text/plain, application/x-ndjson, and"
          + " in application/gzip or application/zip with one file in it.";

  private final String mediaType;
  private final @Nullable String format;

  FileType(String mediaType, @Nullable String format) {
    this.mediaType = mediaType;
    this.format = format;
  }

  /** The format of the file in it; empty if the media type does not say it. */
  Optional<String> format() {
    return Optional.ofNullable(format);
  }

  /**
   * @throws Problem 415, which says what is read
   */
  static MediaType required(@Nullable MediaType type) {
    if (type == null) {
      throw unsupported("The request has no Content-Type. ");
    }
    of(type);
    return type;
  }

  /**
   * @throws Problem 415, which says what is read
   */
  static FileType of(MediaType type) {
    String name = (type.getType() + "/" + type.getSubtype()).toLowerCase(Locale.ROOT);
    for (FileType known : values()) {
      if (known.mediaType.equals(name)) {
        return known;
      }
    }
    throw unsupported(
        name.contains("excel") || name.contains("spreadsheet")
            ? "Workbooks are not read: save the sheet as CSV UTF-8 and send that. "
            : "");
  }

  private static Problem unsupported(String hint) {
    return new Problem(ProblemType.UNSUPPORTED_MEDIA_TYPE, hint + READ);
  }
}
