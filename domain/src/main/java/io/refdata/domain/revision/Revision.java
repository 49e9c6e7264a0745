package io.refdata.domain.revision;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.envers.RevisionEntity;
import org.hibernate.envers.RevisionNumber;
import org.hibernate.envers.RevisionTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * One transaction that wrote: its author, its time, its reason and its request. Its number is taken
 * while the lock of its topic is held, and the database sets its instant as the last step before
 * the commit. So numbers rise in commit order within a topic, and instants rise in commit order
 * over all topics.
 */
@Entity
@Table(schema = "ref", name = "revision")
@RevisionEntity
public class Revision {
  /** The topic that all reference data shares; any other topic is the id of a dataset. */
  public static final int REFERENCE_DATA = 0;

  @Id
  @RevisionNumber
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private int rev;

  @RevisionTimestamp private Instant at;

  private int topic;

  @Column(name = "by")
  private String author;

  private @Nullable String reason;

  private @Nullable Long loadId;

  private @Nullable String requestId;

  @SuppressWarnings("NullAway.Init")
  protected Revision() {}

  /** Sets the author of this revision of the reference data, with the reason and the request. */
  public void signedBy(Author who) {
    this.author = who.by();
    this.reason = who.reason();
    this.requestId = who.requestId();
  }

  public int number() {
    return rev;
  }

  /** The instant from which readers see it; before the commit, only an estimate. */
  public Instant at() {
    return at;
  }
}
