package io.refdata.persistence.maintenance;

import io.refdata.persistence.upkeep.Step;
import io.refdata.persistence.upkeep.Task;
import java.util.List;
import java.util.function.Consumer;

/**
 * A task that is done table by table: by its schedule where it is needed, and by a call wherever an
 * operator wants it.
 */
public interface TableTask extends Task {
  @Override
  default Pace pace() {
    return Pace.LONG;
  }

  /**
   * Does it to certain tables, whether they need it or not.
   *
   * @param tables their names in SQL, with their schemas ({@link MaintainedTables})
   * @param done gets each step when it is recorded
   */
  void run(List<String> tables, Consumer<Step> done);
}
