package io.refdata.persistence.maintenance;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * The tables that the platform maintains: all of the database that its role may maintain, but those
 * of loads that are under way, and those in schema {@code archive}.
 */
@Dependent
public class MaintainedTables {
  private final Jdbi jdbi;

  @Inject
  public MaintainedTables(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The tables that a name stands for.
   *
   * @param name {@code facility} or {@code ref.facility}; that of a partitioned table stands for
   *     its partitions too
   * @return their names in SQL, with their schemas; empty if there is none
   */
  public List<String> named(String name) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select table_name
                      from performance_monitoring.table_upkeep
                     where :name in (name, root, schema || '.' || name, schema || '.' || root)
                       and has_table_privilege(table_id, 'MAINTAIN')
                     order by is_partitioned, table_name
                    """)
                .bind("name", name)
                .mapTo(String.class)
                .list());
  }
}
