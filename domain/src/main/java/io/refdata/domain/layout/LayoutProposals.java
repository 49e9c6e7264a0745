package io.refdata.domain.layout;

import io.refdata.domain.load.InvalidLoad;
import org.jspecify.annotations.Nullable;

/** Proposes layouts for files that nobody has described yet. It writes nothing. */
public interface LayoutProposals {
  /** The largest number of bytes of a file's beginning that is looked at. */
  int MOST_BYTES = 1 << 16;

  /** The largest number of lines that is looked at. */
  int MOST_LINES = 1_000;

  /**
   * Proposes a layout.
   *
   * @param into the target: {@code datasets/<code>}, a collection, or {@code
   *     code-lists/<code>/codes}
   * @param file the first bytes of the file; a gzip or zip file may be cut off
   * @param hints what else is known of the file
   * @throws UnknownTarget if there is no such target
   * @throws InvalidLoad if the bytes are no text; the message is the one that a load would have
   */
  LayoutProposal propose(String into, byte[] file, Hints hints);

  /**
   * Hints about a file besides its bytes. Nothing of it must be true.
   *
   * @param charset the character set that the media type names
   * @param name the name of the file
   */
  record Hints(@Nullable String charset, @Nullable String name) {}

  /** There is no such dataset, collection or code list. */
  final class UnknownTarget extends RuntimeException {
    public UnknownTarget(String message) {
      super(message);
    }
  }
}
