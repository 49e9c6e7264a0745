package io.refdata.persistence.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import io.refdata.domain.item.value.Texts;
import java.io.IOException;
import java.util.Optional;

/** Refuses texts, names of members among them, that would be kept as others than they are. */
final class StorableTexts extends JsonParserDelegate {
  /** A text that cannot be kept. */
  static final class Unkeepable extends JsonParseException {
    private final String pointer;

    Unkeepable(JsonParser parser, String fault) {
      super(parser, fault, parser.currentTokenLocation());
      this.pointer = parser.getParsingContext().pathAsPointer().toString();
    }

    /** Which member it is, or whose name it is: a JSON pointer. */
    String pointer() {
      return pointer;
    }
  }

  StorableTexts(JsonParser parser) {
    super(parser);
  }

  @Override
  public JsonToken nextToken() throws IOException {
    JsonToken token = delegate.nextToken();
    if (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) {
      Optional<String> fault = Texts.fault(delegate.getText());
      if (fault.isPresent()) {
        throw new Unkeepable(delegate, "a text " + fault.get());
      }
    }
    return token;
  }
}
