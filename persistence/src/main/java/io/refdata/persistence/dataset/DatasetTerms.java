package io.refdata.persistence.dataset;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/**
 * The terms that go with the observations of a dataset when they are taken away in a file. They are
 * read before the observations, which may be of a later revision than they say.
 */
@Dependent
public class DatasetTerms {
  private static final String FIND =
      """
      select d.name, p.code as provider, p.licence,
             (select r.rev from ref.revision r
               where r.topic = d.id and r.at is not null
               order by r.at desc
               limit 1) as revision
        from curated.dataset d
        left join ref.provider p on p.id = d.provider_id
       where d.id = :id
      """;

  private static final String FIND_PAST =
      """
      select d.name, p.code as provider, p.licence,
             null::integer as revision
        from curated.dataset_aud d
        left join ref.provider_aud p
          on p.id = d.provider_id and p.revtype <> 2 and p.rev <= :rev and (p.revend is null or p.revend > :rev)
       where d.id = :id and d.revtype <> 2 and d.rev <= :rev and (d.revend is null or d.revend > :rev)
      """;

  private final Jdbi jdbi;

  @Inject
  public DatasetTerms(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The terms of a dataset.
   *
   * @param name the name of the dataset; null if it was not there then
   * @param provider the code of its provider; null if it has none
   * @param licence the licence of the provider's data; null if it is not known
   * @param revision the latest revision of its observations; null if there is none, and in the past
   */
  public record Terms(
      @Nullable String name,
      @Nullable String provider,
      @Nullable String licence,
      @Nullable Integer revision) {}

  /**
   * The terms of a dataset, by its id.
   *
   * @param references the revision of the reference data at which they are read; null for now
   */
  public Terms of(int dataset, @Nullable Integer references) {
    return jdbi.withHandle(
        handle ->
            (references == null
                    ? handle.createQuery(FIND)
                    : handle.createQuery(FIND_PAST).bind("rev", references))
                .bind("id", dataset)
                .map(ConstructorMapper.of(Terms.class))
                .findOne()
                .orElse(new Terms(null, null, null, null)));
  }
}
