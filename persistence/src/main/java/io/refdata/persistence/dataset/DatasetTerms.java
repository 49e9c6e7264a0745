package io.refdata.persistence.dataset;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/**
 * What goes with the observations of a dataset when they are taken away in a file. It is read
 * before them, so they may be of a later revision than it says.
 */
@Dependent
public class DatasetTerms {
  private static final String FIND =
      """
      select p.code as provider, p.licence, u.code as unit,
             (select r.rev from ref.revision r
               where r.topic = d.id and r.at is not null
               order by r.at desc
               limit 1) as revision
        from curated.dataset d
        left join ref.provider p on p.id = d.provider_id
        left join ref.unit u on u.id = d.unit_id
       where d.id = :id
      """;

  private final Jdbi jdbi;

  @Inject
  public DatasetTerms(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The terms of now.
   *
   * @param provider the code of its provider; null if it has none
   * @param licence the licence of the provider's data; null if it is not known
   * @param unit the code of its unit; null where its dimensions give one
   * @param revision the latest revision of its observations; null if there is none
   */
  public record Terms(
      @Nullable String provider,
      @Nullable String licence,
      @Nullable String unit,
      @Nullable Integer revision) {}

  /** The terms of a dataset, by its id. */
  public Terms of(int dataset) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(FIND)
                .bind("id", dataset)
                .map(ConstructorMapper.of(Terms.class))
                .one());
  }
}
