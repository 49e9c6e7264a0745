package io.refdata.api.route;

import io.refdata.access.Role;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of the API: the one table of what depends on an address. Who may use it, where
 * responses are cached, which queue a write waits in, how a body is received, and how many SQL
 * statements a read may take.
 */
public enum Route {
  LIST("{collection}", new Budget(1, 0), Cached.LISTS, Access.ITEMS),
  ITEM("{collection}/{code}", new Budget(1, 0), Cached.ITEMS, Access.ITEMS),
  HISTORY("{collection}/{code}/history", new Budget(2, 2), Cached.LISTS, Access.ITEMS),
  CODES("code-lists/{list}/codes", new Budget(2, 0), Cached.LISTS, Access.ITEMS),
  CODE("code-lists/{list}/codes/{code}", new Budget(1, 0), Cached.ITEMS, Access.ITEMS),
  CODE_HISTORY(
      "code-lists/{list}/codes/{code}/history", new Budget(2, 2), Cached.LISTS, Access.ITEMS),
  DESCENDANTS("regions/{code}/descendants", new Budget(2, 0), Cached.LISTS, Access.ITEMS),
  ANCESTORS("regions/{code}/ancestors", new Budget(2, 0), Cached.LISTS, Access.ITEMS),
  MEMBERS("regions/{code}/members", new Budget(2, 0), Cached.LISTS, Access.ITEMS),

  DATASETS("datasets", new Budget(1, 0), Cached.LISTS, Access.ITEMS),
  DATASET("datasets/{code}", new Budget(3, 0), Cached.ITEMS, Access.ITEMS),
  DATASET_HISTORY("datasets/{code}/history", new Budget(2, 2), Cached.OBSERVATIONS, Access.ITEMS),
  SERIES("datasets/{code}/series", new Budget(5, 0), Cached.OBSERVATIONS, Access.ITEMS),
  VINTAGES(
      "datasets/{code}/series/{key}/vintages", new Budget(5, 0), Cached.OBSERVATIONS, Access.ITEMS),
  OBSERVATIONS(
      "datasets/{code}/observations", new Budget(7, 0), Cached.OBSERVATIONS, Access.OBSERVATIONS),
  OBSERVATION_QUERY("datasets/{code}/observations/query", null, Cached.NOWHERE, Access.QUERIES),
  ROLLUPS("datasets/{code}/rollups", new Budget(4, 2), Cached.NOWHERE, Access.ITEMS),
  ROLLUP("datasets/{code}/rollups/{name}", new Budget(4, 2), Cached.NOWHERE, Access.ITEMS),
  FEATURE_SETS("feature-sets", new Budget(2, 2), Cached.NOWHERE, Access.ITEMS),
  FEATURE_SET("feature-sets/{code}", new Budget(2, 2), Cached.NOWHERE, Access.ITEMS),
  FEATURE_ROWS("feature-sets/{code}/rows", new Budget(3, 0), Cached.OBSERVATIONS, Access.ITEMS),
  LATEST_FEATURES(
      "feature-sets/{code}/latest", new Budget(3, 0), Cached.OBSERVATIONS, Access.ITEMS),
  FORECASTING("datasets/forecasting", new Budget(3, 0), Cached.OBSERVATIONS, Access.ITEMS),
  CLUSTERING("datasets/clustering", new Budget(3, 0), Cached.OBSERVATIONS, Access.ITEMS),
  GEO_ENRICHMENT("datasets/geo-enrichment", new Budget(3, 0), Cached.OBSERVATIONS, Access.ITEMS),
  COMPARISON("compare", new Budget(12, 0), Cached.OBSERVATIONS, Access.ITEMS),

  CALCULATIONS("calculations", null, Cached.NOWHERE, Access.QUERIES),
  SIGNALS("signals", new Budget(1, 1), Cached.NOWHERE, Access.OBSERVATIONS),
  SIGNAL("signals/{code}", new Budget(1, 1), Cached.NOWHERE, Access.OBSERVATIONS),
  SIGNAL_RUNS("signals/{code}/runs", new Budget(1, 1), Cached.NOWHERE, Access.OBSERVATIONS),

  EXPORTS("exports", new Budget(1, 1), Cached.NOWHERE, Access.QUERIES),
  EXPORT("exports/{id}", new Budget(1, 1), Cached.NOWHERE, Access.QUERIES),
  EXPORT_FILE("exports/{id}/file", new Budget(1, 1), Cached.NOWHERE, Access.QUERIES),

  LAYOUTS("layouts", new Budget(2, 2), Cached.NOWHERE, Access.ITEMS),
  LAYOUT_PROPOSAL("layouts/proposal", null, Cached.NOWHERE, Access.PROPOSALS),
  LAYOUT("layouts/{name}", new Budget(2, 2), Cached.NOWHERE, Access.ITEMS),
  LAYOUT_HISTORY("layouts/{name}/history", new Budget(2, 2), Cached.NOWHERE, Access.ITEMS),
  LOADS("loads", new Budget(1, 1), Cached.NOWHERE, Access.LOADS),
  LOAD("loads/{id}", new Budget(1, 1), Cached.NOWHERE, Access.LOADS),
  REJECTS("loads/{id}/rejects", new Budget(2, 2), Cached.NOWHERE, Access.LOADS),
  LOAD_PAYLOAD("loads/{id}/payload", new Budget(1, 1), Cached.NOWHERE, Access.LOADS),
  RESTART("loads/{id}/restart", null, Cached.NOWHERE, Access.LOADS),
  STOP("loads/{id}/stop", null, Cached.NOWHERE, Access.LOADS),

  PUSHED_PAYLOADS("payloads", new Budget(1, 1), Cached.NOWHERE, Access.LOADS),

  /** One statement for each kind of thing that the page has changes of. */
  CHANGES("changes", new Budget(17, 17), Cached.NOWHERE, Access.ITEMS),
  PARTITIONS("database/partitions", new Budget(1, 1), Cached.NOWHERE, Access.OPERATIONS),
  PARTITION_MAINTENANCE("database/partitions/maintenance", null, Cached.NOWHERE, Access.OPERATIONS),
  MAINTENANCE("database/maintenance", new Budget(3, 3), Cached.NOWHERE, Access.OPERATIONS),
  CACHES("database/caches", new Budget(0, 0), Cached.NOWHERE, Access.OPERATIONS),
  CACHE("database/caches/{region}", null, Cached.NOWHERE, Access.OPERATIONS),
  CONNECTIONS("database/connections", new Budget(4, 4), Cached.NOWHERE, Access.OPERATIONS),
  QUERIES("database/queries", new Budget(4, 4), Cached.NOWHERE, Access.OPERATIONS),
  QUERY("database/queries/{query}", new Budget(7, 7), Cached.NOWHERE, Access.OPERATIONS),
  TABLES("database/tables", new Budget(2, 2), Cached.NOWHERE, Access.OPERATIONS),
  INDEXES("database/indexes", new Budget(1, 1), Cached.NOWHERE, Access.OPERATIONS),
  INDEX_ADVICE(
      "database/indexes/recommendations", new Budget(2, 2), Cached.NOWHERE, Access.OPERATIONS),
  INDEX_ADVISED(
      "database/indexes/recommendations/{id}", new Budget(2, 2), Cached.NOWHERE, Access.OPERATIONS),
  INDEX_APPLIED(
      "database/indexes/recommendations/{id}/apply", null, Cached.NOWHERE, Access.OPERATIONS),
  INDEX_ADOPTED(
      "database/indexes/recommendations/{id}/adopt", null, Cached.NOWHERE, Access.OPERATIONS),
  INDEX_UNDONE(
      "database/indexes/recommendations/{id}/undo", null, Cached.NOWHERE, Access.OPERATIONS),
  TARGETS("performance/targets", new Budget(0, 0), Cached.NOWHERE, Access.OPERATIONS),
  CALCULATION_TIMES(
      "performance/calculations", new Budget(0, 0), Cached.NOWHERE, Access.OPERATIONS),
  RUNS("performance/runs", new Budget(1, 1), Cached.NOWHERE, Access.OPERATIONS),
  RUN("performance/runs/{id}", new Budget(2, 2), Cached.NOWHERE, Access.OPERATIONS),
  FRESHNESS("monitoring/freshness", new Budget(1, 1), Cached.NOWHERE, Access.OPERATIONS),
  QUALITY("monitoring/quality", new Budget(1, 1), Cached.NOWHERE, Access.OPERATIONS),
  ANOMALIES("monitoring/anomalies", new Budget(1, 1), Cached.NOWHERE, Access.OPERATIONS),
  ANOMALY("monitoring/anomalies/{id}", new Budget(1, 1), Cached.NOWHERE, Access.OPERATIONS),
  SLAS("monitoring/slas", new Budget(4, 4), Cached.NOWHERE, Access.OPERATIONS),
  SLA("monitoring/slas/{name}", new Budget(4, 4), Cached.NOWHERE, Access.OPERATIONS),
  PIPELINES("monitoring/pipelines", new Budget(1, 1), Cached.NOWHERE, Access.OPERATIONS),
  PIPELINE("monitoring/pipelines/{layout}", new Budget(1, 1), Cached.NOWHERE, Access.OPERATIONS),
  ALERTS("monitoring/alerts", new Budget(3, 3), Cached.NOWHERE, Access.OPERATIONS),
  ALERT_RULES("monitoring/alerts/rules", new Budget(1, 1), Cached.NOWHERE, Access.OPERATIONS),
  ALERT_RULE("monitoring/alerts/rules/{rule}", null, Cached.NOWHERE, Access.OPERATIONS),
  SILENCES("monitoring/silences", new Budget(1, 1), Cached.NOWHERE, Access.OPERATIONS),
  SILENCE("monitoring/silences/{id}", new Budget(1, 1), Cached.NOWHERE, Access.OPERATIONS),
  CALLER("access/me", new Budget(0, 0), Cached.NOWHERE, Access.ANYONE),
  ACCESS_KEYS("access/keys", new Budget(1, 1), Cached.NOWHERE, Access.OPERATIONS),
  ACCESS_KEY("access/keys/{name}", new Budget(1, 1), Cached.NOWHERE, Access.OPERATIONS),
  ACCESS_ENDINGS("access/endings", new Budget(1, 1), Cached.NOWHERE, Access.OPERATIONS),
  ACCESS_ACTIONS("access/actions", new Budget(1, 1), Cached.NOWHERE, Access.OPERATIONS),
  /** Its statements are of plain JDBC, and not counted: four, and one for each audit table. */
  AUDIT("audit/verify", new Budget(1, 1), Cached.NOWHERE, Access.OPERATIONS);

  /** The path that all addresses of the API begin with. */
  public static final String ROOT = "/api/v1/";

  private static final Set<HttpString> EDITING = Set.of(Methods.PUT, Methods.PATCH, Methods.DELETE);
  private static final Set<HttpString> READING = Set.of(Methods.GET, Methods.HEAD, Methods.OPTIONS);
  private static final Set<Route> EDITED =
      Set.of(
          ITEM,
          CODE,
          DATASET,
          FORECASTING,
          CLUSTERING,
          GEO_ENRICHMENT,
          FEATURE_SET,
          LAYOUT,
          SIGNAL);
  private static final AttachmentKey<Found> FOUND = AttachmentKey.create(Found.class);

  private final String template;
  private final @Nullable Budget budget;
  private final Cached cached;
  private final Access access;

  Route(String template, @Nullable Budget budget, Cached cached, Access access) {
    this.template = template;
    this.budget = budget;
    this.cached = cached;
    this.access = access;
  }

  /**
   * The number of SQL statements that a GET may take at most, whatever its length. An {@code asOf}
   * that was not asked for lately, and a {@code count}, take one more.
   *
   * @param cold with all caches empty
   * @param warm when the same was asked before and nothing has changed since
   */
  public record Budget(int cold, int warm) {}

  /** The roles of which one is needed at an address. */
  public enum Access {
    /** Reference data, datasets, layouts. */
    ITEMS(Set.of(Role.READER), Set.of(Role.EDITOR)),
    /** A push or a signal writes observations. */
    OBSERVATIONS(Set.of(Role.READER), Set.of(Role.LOADER)),
    /**
     * A read whose question is too long for a URL, or whose answer is a file that is written later.
     */
    QUERIES(Set.of(Role.READER), Set.of(Role.READER)),
    /** Helps, by POST, whoever is going to write a layout, or to load a file. */
    PROPOSALS(Set.of(Role.READER), Set.of(Role.EDITOR, Role.LOADER)),
    /** Loads and payloads: senders of files have to see the outcome. */
    LOADS(Set.of(Role.READER, Role.LOADER), Set.of(Role.LOADER)),
    /** Data that concerns the caller only: any role will do. */
    ANYONE(Set.of(Role.values()), Set.of(Role.values())),
    /** The database, the performance, the monitoring, the keys, the audit trail. */
    OPERATIONS(Set.of(Role.OPERATOR), Set.of(Role.OPERATOR));

    private static final Set<Role> ANY = Set.of(Role.values());

    private final Set<Role> reading;
    private final Set<Role> writing;

    Access(Set<Role> reading, Set<Role> writing) {
      this.reading = reading;
      this.writing = writing;
    }

    private Set<Role> of(HttpString method) {
      if (method.equals(Methods.OPTIONS)) {
        return ANY;
      }
      // An escape in the path makes it the address of a layout that is called like this.
      boolean ofLayout = this == PROPOSALS && !method.equals(Methods.POST);
      return isRead(method) ? reading : ofLayout ? ITEMS.writing : writing;
    }
  }

  /** The region of the response cache. */
  public enum Cached {
    ITEMS,
    LISTS,
    OBSERVATIONS,
    NOWHERE
  }

  /** The queue in which a request waits for its turn to write. */
  public enum Queue {
    EDITS,
    PUSHES
  }

  /** The way in which a body is received. */
  public enum Body {
    /** On disk, of any size. */
    FILE,
    /** In memory; a few thousand observations, or some items. */
    PUSH,
    /** In memory; the beginning of a file. */
    SAMPLE,
    /** In memory; one JSON document. */
    DOCUMENT
  }

  private record Found(@Nullable Route route) {}

  /**
   * The route of a path.
   *
   * @return null if there is nothing at that path
   */
  public static @Nullable Route of(String path) {
    return path.startsWith(ROOT) ? RouteTree.find(path.substring(ROOT.length())) : null;
  }

  /** The route of a request, looked for once. */
  public static @Nullable Route of(HttpServerExchange exchange) {
    Found found = exchange.getAttachment(FOUND);
    if (found == null) {
      found = new Found(of(exchange.getRequestPath()));
      exchange.putAttachment(FOUND, found);
    }
    return found.route();
  }

  /** Whether a method reads: HEAD does wherever GET does. */
  public static boolean isRead(HttpString method) {
    return method.equals(Methods.GET) || method.equals(Methods.HEAD);
  }

  /** The address without {@link #ROOT}; variables stand in braces. */
  public String template() {
    return template;
  }

  /** The statements that a GET may take; null if it can't be read. */
  public @Nullable Budget budget() {
    return budget;
  }

  /**
   * The roles of which a caller needs one for a method, also if there is no such method here: it
   * gets 405 only then.
   */
  public Set<Role> roles(HttpString method) {
    return access.of(method);
  }

  /** The region in which its responses are cached. */
  public Cached cached() {
    return cached;
  }

  /** Whether it is for those who look after the platform. */
  public boolean isOfOperators() {
    return access == Access.OPERATIONS;
  }

  /** Whether rows of a feature set are worked out, however many there are. */
  public boolean isOfFeatures() {
    return switch (this) {
      case FEATURE_ROWS, LATEST_FEATURES, FORECASTING, CLUSTERING, GEO_ENRICHMENT -> true;
      default -> false;
    };
  }

  /** The queue of a request; null if it does not wait. */
  public @Nullable Queue queue(HttpString method) {
    if (this == OBSERVATIONS && method.equals(Methods.POST)) {
      return Queue.PUSHES;
    }
    return EDITED.contains(this) && EDITING.contains(method) || isBatch(method)
        ? Queue.EDITS
        : null;
  }

  /** Nothing else is posted to an item: {@code facilities/batch} writes many. */
  private boolean isBatch(HttpString method) {
    return (this == ITEM || this == CODE) && method.equals(Methods.POST);
  }

  /** True for a request that changes something but leaves no revision: it is put on record. */
  public boolean isAction(HttpString method) {
    return !READING.contains(method)
        && (access == Access.OPERATIONS
            || switch (this) {
              case RESTART, STOP, ROLLUP, SIGNAL -> true;
              default -> false;
            });
  }

  /** The way in which the body of a request is received. */
  public Body body(HttpString method) {
    if (!method.equals(Methods.POST)) {
      return Body.DOCUMENT;
    }
    return switch (this) {
      case LOADS -> Body.FILE;
      case OBSERVATIONS, ITEM, CODE -> Body.PUSH;
      case LAYOUT_PROPOSAL -> Body.SAMPLE;
      default -> Body.DOCUMENT;
    };
  }
}
