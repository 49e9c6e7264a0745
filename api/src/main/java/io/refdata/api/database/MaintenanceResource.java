package io.refdata.api.database;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.request.Body;
import io.refdata.api.request.Parameters;
import io.refdata.api.response.Representation;
import io.refdata.persistence.maintenance.MaintainedTables;
import io.refdata.persistence.maintenance.MaintenanceCall;
import io.refdata.persistence.upkeep.Step;
import io.refdata.persistence.upkeep.UpkeepRecord;
import io.refdata.persistence.upkeep.UpkeepRecord.Recorded;
import io.refdata.persistence.upkeep.UpkeepRecord.Scheduled;
import io.refdata.persistence.upkeep.UpkeepRecord.Upkeep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that look after the database: when each runs, what it did, and a call for it to run
 * now.
 */
@Path("/database/maintenance")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class MaintenanceResource {
  private static final String TASKS = "tasks";
  private static final String TABLES = "tables";

  @Inject private UpkeepRecord onRecord;
  @Inject private MaintenanceCall maintenance;
  @Inject private MaintainedTables maintained;

  @GET
  public Response get(@Context UriInfo uri, @Context Request request) {
    Parameters parameters = Parameters.of(uri);
    int limit = parameters.limit();
    parameters.end();
    Upkeep now = onRecord.read(limit);
    return Representation.of(json -> write(now, json)).read(request).build();
  }

  /** Runs tasks now: where they are needed, or on the tables that the body names. */
  @POST
  public Response maintain(InputStream body, @Context HttpHeaders headers, @Context UriInfo uri)
      throws IOException {
    Parameters.of(uri).end();
    JsonNode wanted = Body.objectIfAny(body, headers.getMediaType()).orElse(null);
    List<Step> steps = wanted == null ? maintenance.run(maintenance.names()) : run(wanted);
    return Representation.of(
            json -> {
              json.writeStartObject();
              StepJson.write(steps, json);
              json.writeEndObject();
            })
        .written(Response.ok())
        .build();
  }

  private List<Step> run(JsonNode wanted) {
    Parameters members = Parameters.of(wanted);
    List<String> names = members.each(TASKS);
    List<String> tables = members.each(TABLES);
    List<String> possible =
        tables.isEmpty() ? maintenance.names() : maintenance.namesOfTableTasks();
    for (int i = 0; i < names.size(); i++) {
      if (!possible.contains(names.get(i))) {
        members.fault(element(wanted, TASKS, i), unknown(names.get(i), possible, tables));
      }
    }
    TreeSet<String> found = new TreeSet<>();
    for (int i = 0; i < tables.size(); i++) {
      List<String> meant = maintained.named(tables.get(i));
      if (meant.isEmpty()) {
        members.fault(
            element(wanted, TABLES, i),
            "has no table '" + tables.get(i) + "'; GET /api/v1/database/tables lists them");
      }
      found.addAll(meant);
    }
    members.end();
    List<String> chosen = names.isEmpty() ? possible : names;
    return tables.isEmpty() ? maintenance.run(chosen) : maintenance.run(chosen, List.copyOf(found));
  }

  /** Where an element of a member stands; a member may also be one text. */
  private static String element(JsonNode wanted, String member, int index) {
    return wanted.path(member).isArray() ? member + "/" + index : member;
  }

  private static String unknown(String name, List<String> possible, List<String> tables) {
    return "has no task '%s'%s; there are %s"
        .formatted(name, tables.isEmpty() ? "" : " for tables", String.join(", ", possible));
  }

  private static void write(Upkeep now, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("schedules");
    for (Scheduled task : now.schedules()) {
      write(task, json);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("steps");
    for (Recorded step : now.steps()) {
      json.writeStartObject();
      json.writeStringField("at", step.at().toString());
      StepJson.members(step.step(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(Scheduled task, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("task", task.task());
    json.writeStringField("every", task.every().toString());
    json.writeStringField("next", task.next().toString());
    if (task.began() == null) {
      json.writeNullField("lastRun");
    } else {
      json.writeObjectFieldStart("lastRun");
      json.writeStringField("began", task.began().toString());
      json.writeStringField("ended", text(task.ended()));
      json.writeStringField("outcome", task.outcome() == null ? null : task.outcome().name());
      json.writeStringField("detail", task.detail());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
