package io.refdata.persistence.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import io.refdata.domain.item.value.Texts;
import java.io.IOException;
import java.util.Optional;

/** Rejects texts, including names of members, that the database cannot store unchanged. */
final class StorableTexts extends JsonParserDelegate {
  /** A text that cannot be stored. */
  static final class UnstorableText extends JsonParseException {
    private final String pointer;

    UnstorableText(JsonParser parser, String fault) {
      super(parser, fault, parser.currentTokenLocation());
      this.pointer = parser.getParsingContext().pathAsPointer().toString();
    }

    /** A JSON pointer to the member whose value or name the text is. */
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
        throw new UnstorableText(delegate, "a text " + fault.get());
      }
    }
    return token;
  }
}
