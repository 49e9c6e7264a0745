package io.refdata.batch.proposal.sample;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.domain.layout.LayoutProposal.Note;
import java.util.ArrayList;
import java.util.List;

/** A layout that is being put together, with what is to be said about it. */
public final class Proposed {
  private final ObjectNode layout = JsonNodeFactory.instance.objectNode();
  private final List<Note> reasons = new ArrayList<>();
  private final List<Note> doubts = new ArrayList<>();

  public Proposed(String into) {
    layout.put("into", into);
  }

  public ObjectNode layout() {
    return layout;
  }

  /** The object under a name, which is made if it is not there. */
  public ObjectNode object(String name) {
    return layout.withObjectProperty(name);
  }

  /** A new source that reads a column. */
  public static ObjectNode source(Column column) {
    ObjectNode source = JsonNodeFactory.instance.objectNode();
    column.putTo(source);
    return source;
  }

  /** A new source that is the same for all lines. */
  public static ObjectNode constant(String text) {
    return JsonNodeFactory.instance.objectNode().put("constant", text);
  }

  public void reason(String pointer, String text) {
    reasons.add(new Note(pointer, text));
  }

  public void doubt(String pointer, String text) {
    doubts.add(new Note(pointer, text));
  }

  public List<Note> reasons() {
    return reasons;
  }

  public List<Note> doubts() {
    return doubts;
  }

  /** The pointer of a source. */
  public static String pointer(String member, String name) {
    return "/" + member + "/" + name.replace("~", "~0").replace("/", "~1");
  }
}
