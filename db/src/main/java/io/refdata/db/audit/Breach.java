package io.refdata.db.audit;

import org.jspecify.annotations.Nullable;

/**
 * The first place where the record is not what was sealed.
 *
 * @param kind what was done
 * @param revision the number of the revision; null if it is not known any more, or if it is about
 *     an action
 * @param table the table, with its schema
 * @param item the code of the item, or its id if it has no code, or the id of an action; null if
 *     the breach is in neither
 */
public record Breach(Kind kind, @Nullable Integer revision, String table, @Nullable String item) {

  /** A kind of change of the record. */
  public enum Kind {
    /** An audit row says something else. */
    STATE_CHANGED("an audit row was changed"),
    /** An audit row is there that the revision did not write. */
    STATE_ADDED("an audit row was added"),
    /** An audit row that the revision wrote is gone. */
    STATE_REMOVED("an audit row was removed"),
    /** The revision has another time, author, reason or load. */
    REVISION_CHANGED("the revision was changed"),
    /** A revision is there that is older than the end of the chain, and not sealed. */
    REVISION_ADDED("a revision was added"),
    /** A sealed revision is gone. */
    REVISION_REMOVED("the revision was removed"),
    /** An action has another author, reason, address or status. */
    ACTION_CHANGED("the action was changed"),
    /** An action is there that is older than sealed ones, and not sealed. */
    ACTION_ADDED("an action was added"),
    /** A sealed action is gone, and retention has not removed it. */
    ACTION_REMOVED("the action was removed"),
    /** A link of the chain, or the fingerprints beside it, say something else. */
    SEAL_CHANGED("the seal was changed"),
    /** A link of the chain is gone. */
    SEAL_REMOVED("a seal was removed"),
    /** The file of a load has another SHA-256. */
    FILE_CHANGED("the SHA-256 of the file of the load was changed"),
    /** A hash that was the head of the chain once is not in it: the chain was made anew. */
    HEAD_UNKNOWN("the given head is not in the chain");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    private boolean isOfAction() {
      return this == ACTION_CHANGED || this == ACTION_ADDED || this == ACTION_REMOVED;
    }

    /** The change in words. */
    public String words() {
      return words;
    }
  }

  /** One line for a person. */
  public String text() {
    return kind.words()
        + (revision == null ? "" : ", revision " + revision)
        + ", table "
        + table
        + (item == null ? "" : (kind.isOfAction() ? ", id " : ", item ") + item);
  }
}
