package io.refdata.api.queue;

import java.util.List;

/**
 * Work that waits in a table.
 *
 * @param <W> what is worked at
 */
public interface Queue<W> {
  /** The name of the work, for the log: {@code exports}. */
  String name();

  /** Claims at most so many that are due, for some time. */
  List<W> claim(int most);

  /** Renews the claim of what is worked at. */
  void renew(W work);

  /** Gives a claim back: another server may have it, or this one later. */
  void release(W work);

  /** Works, and records what has come of it. */
  void work(W work);
}
