package io.refdata.persistence.derivation;

import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.observation.ObservationRows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Observations of a list. */
final class ListedRows implements ObservationRows {
  private final List<Listed> listed;
  private int index = -1;

  ListedRows(List<Listed> listed) {
    this.listed = listed;
  }

  /** An observation. */
  record Listed(Series series, long micros, double value, String status) {}

  @Override
  public boolean next() {
    index++;
    return index < listed.size();
  }

  @Override
  public Series series() {
    return listed.get(index).series();
  }

  @Override
  public long micros() {
    return listed.get(index).micros();
  }

  @Override
  public double value() {
    return listed.get(index).value();
  }

  @Override
  public String status() {
    return listed.get(index).status();
  }

  @Override
  public @Nullable String action() {
    return null;
  }
}
