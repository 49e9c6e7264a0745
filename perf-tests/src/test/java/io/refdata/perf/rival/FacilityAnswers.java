package io.refdata.perf.rival;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rival's facilities: one by its code, in one statement, and the first page with region,
 * organization and emission sources, in two. It gives facilities without owners only, which those
 * of the gate are.
 */
final class FacilityAnswers {
  private static final int LIMIT = 50;
  private static final int ITEM_BYTES = 512;
  private static final int PAGE_BYTES = 65_536;

  /** The cursor's mark of the unfiltered list, as the platform makes it. */
  private static final String LIST = Integer.toHexString("/facilities{}".hashCode());

  private static final String OWN =
      "f.code, f.name, f.kind, f.fuel, f.capacity_mw, f.latitude, f.longitude, f.commissioned,"
          + " f.retired";

  private static final String ITEM =
      "select "
          + OWN
          + """
          , r.code, r.name, o.code, o.name
            from ref.facility f
            left join ref.region r on r.id = f.region_id
            left join ref.organization o on o.id = f.organization_id
           where f.code = $1
          """;

  private static final String PAGE =
      "select f.id, "
          + OWN
          + """
          , r.code, r.name, r.kind, p.code, p.name, r.alpha2, r.m49, r.latitude, r.longitude,
            r.valid_from, r.valid_to, rr.code, rr.name,
            o.code, o.name, o.lei, o.kind, q.code, q.name, op.code, op.name, o.status
            from (select * from ref.facility order by code limit 51) f
            left join ref.region r on r.id = f.region_id
            left join ref.region p on p.id = r.parent_id
            left join ref.region rr on rr.id = r.replaced_by_id
            left join ref.organization o on o.id = f.organization_id
            left join ref.region q on q.id = o.region_id
            left join ref.organization op on op.id = o.parent_id
           order by f.code
          """;

  private static final String SOURCES =
      """
      select facility_id, code, name, scope, gas, method
        from ref.emission_source
       where facility_id = any($1)
       order by facility_id, code
      """;

  private static final String[] FACILITY = {
    "code", "name", "kind", "fuel", "capacityMw", "latitude", "longitude", "commissioned", "retired"
  };
  private static final String[] REGION_HEAD = {"code", "name", "kind"};
  private static final String[] REGION_TAIL = {
    "alpha2", "m49", "latitude", "longitude", "validFrom", "validTo"
  };
  private static final String[] ORGANIZATION_HEAD = {"code", "name", "lei", "kind"};
  private static final String[] ORGANIZATION_TAIL = {"status"};
  private static final String[] SOURCE_HEAD = {"code", "name"};
  private static final String[] SOURCE_TAIL = {"scope", "gas", "method"};

  private final PreparedQuery<RowSet<Row>> item;
  private final PreparedQuery<RowSet<Row>> page;
  private final PreparedQuery<RowSet<Row>> sources;

  private FacilityAnswers(
      PreparedStatement item, PreparedStatement page, PreparedStatement sources) {
    this.item = item.query();
    this.page = page.query();
    this.sources = sources.query();
  }

  /** Prepares the statements on a connection. */
  static Future<FacilityAnswers> prepare(PgConnection connection) {
    return Future.all(
            connection.prepare(ITEM), connection.prepare(PAGE), connection.prepare(SOURCES))
        .map(all -> new FacilityAnswers(all.resultAt(0), all.resultAt(1), all.resultAt(2)));
  }

  /** A facility by its code. */
  Future<Buffer> item(String code) {
    return item.execute(Tuple.of(code))
        .map(rows -> RowJson.bytes(ITEM_BYTES, json -> item(json, rows.iterator().next())));
  }

  private static void item(JsonGenerator json, Row row) throws IOException {
    json.writeStartObject();
    RowJson.members(json, FACILITY, row, 0);
    RowJson.reference(json, "region", row, 9);
    RowJson.reference(json, "organization", row, 11);
    json.writeNullField("owners");
    json.writeEndObject();
  }

  /** The first page of facilities, with what the platform expands. */
  Future<Buffer> page() {
    return page.execute()
        .compose(
            facilities -> {
              List<Row> rows = new ArrayList<>(LIMIT + 1);
              facilities.forEach(rows::add);
              List<Row> shown = rows.subList(0, Math.min(LIMIT, rows.size()));
              Integer[] ids = shown.stream().map(row -> row.getInteger(0)).toArray(Integer[]::new);
              return sources
                  .execute(Tuple.of(ids))
                  .map(found -> page(shown, grouped(found), rows.size() > LIMIT));
            });
  }

  private static Map<Integer, List<Row>> grouped(RowSet<Row> sources) {
    Map<Integer, List<Row>> grouped = new HashMap<>();
    for (Row source : sources) {
      grouped.computeIfAbsent(source.getInteger(0), id -> new ArrayList<>()).add(source);
    }
    return grouped;
  }

  private static Buffer page(List<Row> facilities, Map<Integer, List<Row>> sources, boolean more) {
    return RowJson.bytes(
        PAGE_BYTES,
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("items");
          for (Row facility : facilities) {
            expanded(json, facility, sources.getOrDefault(facility.getInteger(0), List.of()));
          }
          json.writeEndArray();
          Row last = facilities.get(facilities.size() - 1);
          json.writeStringField("next", more ? cursor(last.getString(1)) : null);
          json.writeEndObject();
        });
  }

  private static void expanded(JsonGenerator json, Row row, List<Row> sources) throws IOException {
    json.writeStartObject();
    RowJson.members(json, FACILITY, row, 1);
    json.writeObjectFieldStart("region");
    RowJson.members(json, REGION_HEAD, row, 10);
    RowJson.reference(json, "parent", row, 13);
    RowJson.members(json, REGION_TAIL, row, 15);
    RowJson.reference(json, "replacedBy", row, 21);
    json.writeEndObject();
    json.writeObjectFieldStart("organization");
    RowJson.members(json, ORGANIZATION_HEAD, row, 23);
    RowJson.reference(json, "region", row, 27);
    RowJson.reference(json, "parent", row, 29);
    RowJson.members(json, ORGANIZATION_TAIL, row, 31);
    json.writeEndObject();
    json.writeNullField("owners");
    json.writeArrayFieldStart("emissionSources");
    for (Row source : sources) {
      json.writeStartObject();
      RowJson.members(json, SOURCE_HEAD, source, 1);
      RowJson.reference(json, "facility", row, 1);
      RowJson.members(json, SOURCE_TAIL, source, 3);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static String cursor(String code) {
    String key = "[\"" + LIST + "\",\"" + code + "\"]";
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }
}
