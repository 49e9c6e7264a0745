package io.refdata.api.access.token;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.Map;

/** Reads an object of JSON whose members have different names. */
final class JsonObject {
  private JsonObject() {}

  /**
   * The members of an object.
   *
   * @throws ParseException if the text is no object; the library takes arrays of pairs and {@code
   *     null} for one
   */
  static Map<String, Object> of(String json) throws ParseException {
    if (!json.stripLeading().startsWith("{")) {
      throw new ParseException("The text is no object", 0);
    }
    return JSONObjectUtils.parse(json);
  }
}
