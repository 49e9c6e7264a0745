package io.refdata.persistence.access;

import io.refdata.access.Role;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.revision.Revisions;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The keys on record: {@code ref.api_key}. Each call is a transaction of its own. */
@Dependent
public class ApiKeys {
  private static final String COLUMNS =
      "name, prefix, roles, created_at, created_by, expires_at, used_at, revoked_at, revoked_by";

  private final Jdbi jdbi;

  @Inject
  public ApiKeys(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A key cannot be made: its name was used before, or there are as many as there may be. */
  public static class KeyRefused extends RuntimeException {
    KeyRefused(String message) {
      super(message);
    }
  }

  /** A new key, and its text, which is shown once. */
  public record Made(ApiKey key, KeyText text) {}

  /** Keys by their names, after a name; those that have ended too. */
  public List<ApiKey> list(String after, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select "
                        + COLUMNS
                        + " from ref.api_key where name > :after order by name limit :limit")
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> read(row))
                .list());
  }

  /** The key of a name, also if it has ended. */
  public Optional<ApiKey> find(Code name) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select " + COLUMNS + " from ref.api_key where name = :name")
                .bind("name", name.value())
                .map((row, context) -> read(row))
                .findOne());
  }

  /**
   * Makes a key.
   *
   * @throws KeyRefused if its name was used before, or there are as many as there may be
   */
  public Made make(Code name, Set<Role> roles, Instant expires, String by) {
    KeyText text = KeyText.random();
    return new Made(
        jdbi.inTransaction(
            handle -> {
              // Another one that is made at the same time counts too.
              handle.execute("lock table ref.api_key in share row exclusive mode");
              requireRoom(handle, name);
              return handle
                  .createQuery(
                      "insert into ref.api_key (name, prefix, hash, roles, expires_at, created_by)"
                          + " values (:name, :prefix, :hash, :roles, :expires, :by) returning "
                          + COLUMNS)
                  .bind("name", name.value())
                  .bind("prefix", text.prefix())
                  .bind("hash", text.hash().bytes())
                  .bindArray("roles", String.class, roles.stream().map(Role::name).toArray())
                  .bind("expires", expires.atOffset(ZoneOffset.UTC))
                  .bind("by", by)
                  .map((row, context) -> read(row))
                  .one();
            }),
        text);
  }

  private static void requireRoom(Handle handle, Code name) {
    long most = Setting.API_KEYS.number();
    handle
        .createQuery(
            """
            select count(*) filter (where revoked_at is null and expires_at > now()) as valid,
                   count(*) filter (where name = :name) as same
              from ref.api_key
            """)
        .bind("name", name.value())
        .map(
            (row, context) -> {
              if (row.getLong("same") > 0) {
                throw new KeyRefused(
                    "There is, or was, a key " + name.value() + "; a name is used once.");
              }
              if (row.getLong("valid") >= most) {
                throw new KeyRefused(
                    "There are %,d keys, as many as refdata.access.api-keys allows."
                        .formatted(most));
              }
              return name;
            })
        .one();
  }

  /** Ends a key now; one that was revoked before stays as it is. Empty if there is none. */
  public Optional<ApiKey> revoke(Code name, String by) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "update ref.api_key set revoked_at = coalesce(revoked_at, clock_timestamp()),"
                        + " revoked_by = coalesce(revoked_by, :by) where name = :name returning "
                        + COLUMNS)
                .bind("name", name.value())
                .bind("by", by)
                .map((row, context) -> read(row))
                .findOne());
  }

  /** All keys that are valid now, by their hashes. */
  Map<KeyHash, ApiKey> valid() {
    return jdbi.withHandle(
        handle -> {
          Map<KeyHash, ApiKey> valid = new HashMap<>();
          handle
              .createQuery(
                  "select hash, "
                      + COLUMNS
                      + " from ref.api_key where revoked_at is null and expires_at > now()")
              .map((row, context) -> Map.entry(KeyHash.stored(row.getBytes("hash")), read(row)))
              .forEach(entry -> valid.put(entry.getKey(), entry.getValue()));
          return valid;
        });
  }

  /** The key of a hash, if it is valid now. */
  Optional<ApiKey> valid(KeyHash hash) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select "
                        + COLUMNS
                        + " from ref.api_key"
                        + " where hash = :hash and revoked_at is null and expires_at > now()")
                .bind("hash", hash.bytes())
                .map((row, context) -> read(row))
                .findOne());
  }

  /** Records when keys were last used. */
  void used(Map<String, Instant> uses) {
    List<Map.Entry<String, Instant>> each = List.copyOf(uses.entrySet());
    jdbi.useTransaction(
        handle -> {
          // Somebody may hold a key: what the thread does besides must not wait for that.
          Revisions.limitWaits(handle);
          handle
              .createUpdate(
                  """
                  update ref.api_key k set used_at = u.at
                    from unnest(:names, :ats) as u(name, at)
                   where k.name = u.name and (k.used_at is null or k.used_at < u.at)
                  """)
              .bindArray("names", String.class, each.stream().map(Map.Entry::getKey).toArray())
              .bindArray(
                  "ats",
                  OffsetDateTime.class,
                  each.stream().map(use -> use.getValue().atOffset(ZoneOffset.UTC)).toArray())
              .execute();
        });
  }

  private static ApiKey read(ResultSet row) throws SQLException {
    Instant created = instant(row, "created_at");
    Instant expires = instant(row, "expires_at");
    if (created == null || expires == null) {
      throw new IllegalStateException("A key without a beginning or an end");
    }
    return new ApiKey(
        row.getString("name"),
        row.getString("prefix"),
        roles(row.getArray("roles")),
        created,
        row.getString("created_by"),
        expires,
        instant(row, "used_at"),
        instant(row, "revoked_at"),
        row.getString("revoked_by"));
  }

  /** Those that are known here; a newer server may have given a key others. */
  private static Set<Role> roles(Array names) throws SQLException {
    List<String> given = List.of((String[]) names.getArray());
    Set<Role> roles = EnumSet.allOf(Role.class);
    roles.removeIf(role -> !given.contains(role.name()));
    return roles;
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
