package io.refdata.batch.load;

import java.util.Random;
import org.jdbi.v3.core.Jdbi;

/** The group {@code ROLLED}, whose members change. */
final class RolledGroup {
  private RolledGroup() {}

  /** A group has a country as its only member, on every other day of some. */
  static void onSomeDays(Jdbi jdbi, String group, int days) {
    jdbi.useHandle(
        handle -> {
          handle.execute(
              "insert into ref.region (code, name, kind) values (?, 'Group', 'GROUP')"
                  + " on conflict do nothing",
              group);
          handle.execute(
              """
              insert into ref.membership (code, name, group_id, member_id, valid_from, valid_to)
              select g.code || '-' || n, 'Member', g.id, c.id, date '1990-01-01' + 2 * n,
                     date '1990-01-01' + 2 * n
                from ref.region g, ref.region c, generate_series(1, ?) n
               where g.code = ? and c.code = 'FRA'
                  on conflict do nothing
              """,
              days,
              group);
        });
  }

  /** A group has so many countries as members. */
  static void ofCountries(Jdbi jdbi, String group, long countries) {
    jdbi.useHandle(
        handle -> {
          handle.execute(
              "insert into ref.region (code, name, kind) values (?, 'Group', 'GROUP')", group);
          handle.execute(
              """
              insert into ref.membership (code, name, group_id, member_id)
              select g.code || '-' || c.code, 'Member', g.id, c.id
                from ref.region g, (select * from ref.region where kind = 'COUNTRY' limit ?) c
               where g.code = ?
              """,
              countries,
              group);
        });
  }

  /** A group gets other members, for other times. */
  static void changeMembers(Jdbi jdbi, Random random) {
    jdbi.useTransaction(
        handle -> {
          handle.execute("select setseed(?)", random.nextDouble());
          handle.execute(
              """
              do $$
              declare
                r integer := ref.open_revision(0, 'test', null);
              begin
                insert into ref.region (code, name, kind) values ('ROLLED', 'Rolled', 'GROUP')
                    on conflict do nothing;
                insert into ref.region_aud (id, rev, revtype, version, code, name, kind)
                select g.id, r, 0, 0, g.code, g.name, g.kind from ref.region g
                 where g.code = 'ROLLED'
                   and not exists (select from ref.region_aud a where a.id = g.id);
                update ref.membership_aud a set revend = r
                 where a.revend is null
                   and a.id in (select m.id from ref.membership m where m.code like 'ROLLED-%');
                insert into ref.membership_aud (id, rev, revtype)
                select m.id, r, 2 from ref.membership m where m.code like 'ROLLED-%';
                delete from ref.membership where code like 'ROLLED-%';
                insert into ref.membership (code, name, group_id, member_id, valid_from, valid_to)
                select 'ROLLED-' || c.code, 'Member', g.id, c.id,
                       case when random() < 0.5
                            then date '2019-11-20' + (random() * 300)::integer end,
                       case when random() < 0.3
                            then date '2020-10-01' + (random() * 200)::integer end
                  from ref.region g, ref.region c
                 where g.code = 'ROLLED' and c.code in ('FRA', 'DEU', 'ITA', 'ESP', 'POL', 'G7')
                   and random() < 0.7;
                insert into ref.membership_aud (id, rev, revtype, version, code, name, group_id, member_id, valid_from, valid_to)
                select m.id, r, 0, m.version, m.code, m.name, m.group_id, m.member_id, m.valid_from, m.valid_to
                  from ref.membership m where m.code like 'ROLLED-%';
              end
              $$
              """);
        });
  }
}
