package io.refdata.persistence.export;

import io.refdata.domain.revision.Author;
import io.refdata.persistence.sql.SqlText;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The exports on record, in {@code curated.export}. Each call is one statement. */
@Dependent
public class Exports {
  private final Jdbi jdbi;

  @Inject
  public Exports(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * An order for an export.
   *
   * @param dataset the code of the dataset
   * @param format as {@link Export#format}
   * @param query as {@link Export#query}
   * @param asOf null for now: the instant at which it is put on record
   */
  public record Order(String dataset, String format, String query, @Nullable Instant asOf) {}

  /**
   * Puts an export on record; from here on it is written, whatever happens.
   *
   * @throws TooManyExports if as many as may wait do so already, or as many as may be are kept of
   *     this author
   */
  public Export accept(Order order, Author author) {
    long most = Setting.EXPORTS_WAITING.number();
    long own = Setting.EXPORTS_OF_A_CALLER.number();
    return jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        sql(
                            """
                            insert into curated.export as e (as_of, dataset, format, query, by, request_id)
                            select coalesce(:asOf, clock_timestamp()), :dataset, :format, :query, :by, :request
                             where (select count(*) from curated.export w where w.state in ('WAITING', 'RUNNING')) < :most
                               and (select count(*) from (select from curated.export w where w.by = :by limit :own) o) < :own
                            returning <columns>
                            """))
                    .bind(
                        "asOf", order.asOf() == null ? null : order.asOf().atOffset(ZoneOffset.UTC))
                    .bind("dataset", order.dataset())
                    .bind("format", order.format())
                    .bind("query", order.query())
                    .bind("by", author.by())
                    .bind("request", author.requestId())
                    .bind("most", most)
                    .bind("own", own)
                    .map(ExportRow::read)
                    .findOne())
        .orElseThrow(() -> new TooManyExports(most, own));
  }

  /**
   * An export.
   *
   * @param by who must have asked for it; null for anybody
   */
  public Optional<Export> find(long id, @Nullable String by) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    sql(
                        """
                        select <columns> from curated.export e
                         where e.id = :id and e.by = coalesce(:by, e.by)
                        """))
                .bind("id", id)
                .bind("by", by)
                .map(ExportRow::read)
                .findOne());
  }

  /**
   * At most {@code limit} exports that are older than a given one, newest first.
   *
   * @param before the number of the given one; {@link Long#MAX_VALUE} begins with the newest
   * @param by who must have asked for them; null for anybody
   */
  public List<Export> list(long before, @Nullable String by, int limit) {
    String whose = by == null ? "" : " and e.by = :by";
    return jdbi.withHandle(
        handle -> {
          var query =
              handle.createQuery(
                  sql(
                      "select <columns> from curated.export e where e.id < :before"
                          + whose
                          + " order by e.id desc limit :limit"));
          if (by != null) {
            query.bind("by", by);
          }
          return query.bind("before", before).bind("limit", limit).map(ExportRow::read).list();
        });
  }

  /**
   * Deletes an export. Whoever writes it stops soon, and removes its file.
   *
   * @return the path of its file, if it was finished: nobody else removes it
   */
  public Optional<String> delete(long id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    delete from curated.export where id = :id
                    returning case when state = 'COMPLETED' then path end
                    """)
                .bind("id", id)
                .mapTo(String.class)
                .findOne());
  }

  static String sql(String text) {
    return SqlText.of(text).with("columns", ExportRow.COLUMNS).text();
  }
}
