package io.refdata.api.route;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of the API: the one table of what depends on an address. Where responses are
 * cached, which queue a write waits in, how a body is received, and how many SQL statements a read
 * may take.
 */
public enum Route {
  LIST("{collection}", new Budget(1, 0), Cached.LISTS),
  ITEM("{collection}/{code}", new Budget(1, 0), Cached.ITEMS),
  HISTORY("{collection}/{code}/history", new Budget(2, 2), Cached.LISTS),
  CODES("code-lists/{list}/codes", new Budget(2, 0), Cached.LISTS),
  CODE("code-lists/{list}/codes/{code}", new Budget(1, 0), Cached.ITEMS),
  CODE_HISTORY("code-lists/{list}/codes/{code}/history", new Budget(2, 2), Cached.LISTS),
  DESCENDANTS("regions/{code}/descendants", new Budget(2, 0), Cached.LISTS),
  ANCESTORS("regions/{code}/ancestors", new Budget(2, 0), Cached.LISTS),

  DATASETS("datasets", new Budget(1, 0), Cached.LISTS),
  DATASET("datasets/{code}", new Budget(3, 0), Cached.ITEMS),
  DATASET_HISTORY("datasets/{code}/history", new Budget(2, 2), Cached.OBSERVATIONS),
  SERIES("datasets/{code}/series", new Budget(5, 0), Cached.OBSERVATIONS),
  VINTAGES("datasets/{code}/series/{key}/vintages", new Budget(5, 0), Cached.OBSERVATIONS),
  OBSERVATIONS("datasets/{code}/observations", new Budget(5, 0), Cached.OBSERVATIONS),
  OBSERVATION_QUERY("datasets/{code}/observations/query", null, Cached.NOWHERE),

  LAYOUTS("layouts", new Budget(2, 2), Cached.NOWHERE),
  LAYOUT_PROPOSAL("layouts/proposal", null, Cached.NOWHERE),
  LAYOUT("layouts/{name}", new Budget(2, 2), Cached.NOWHERE),
  LAYOUT_HISTORY("layouts/{name}/history", new Budget(2, 2), Cached.NOWHERE),
  LOADS("loads", new Budget(1, 1), Cached.NOWHERE),
  LOAD("loads/{id}", new Budget(1, 1), Cached.NOWHERE),
  REJECTS("loads/{id}/rejects", new Budget(2, 2), Cached.NOWHERE),
  LOAD_PAYLOAD("loads/{id}/payload", new Budget(1, 1), Cached.NOWHERE),
  RESTART("loads/{id}/restart", null, Cached.NOWHERE),
  STOP("loads/{id}/stop", null, Cached.NOWHERE),

  PUSHED_PAYLOADS("payloads", new Budget(1, 1), Cached.NOWHERE),

  /** One statement for each kind of thing that the page has changes of. */
  CHANGES("changes", new Budget(16, 16), Cached.NOWHERE),
  PARTITIONS("database/partitions", new Budget(1, 1), Cached.NOWHERE),
  PARTITION_MAINTENANCE("database/partitions/maintenance", null, Cached.NOWHERE),
  MAINTENANCE("database/maintenance", new Budget(3, 3), Cached.NOWHERE),
  CACHES("database/caches", new Budget(0, 0), Cached.NOWHERE),
  CACHE("database/caches/{region}", null, Cached.NOWHERE),
  CONNECTIONS("database/connections", new Budget(4, 4), Cached.NOWHERE),
  QUERIES("database/queries", new Budget(4, 4), Cached.NOWHERE),
  QUERY("database/queries/{query}", new Budget(7, 7), Cached.NOWHERE),
  TABLES("database/tables", new Budget(2, 2), Cached.NOWHERE),
  INDEXES("database/indexes", new Budget(1, 1), Cached.NOWHERE),
  INDEX_ADVICE("database/indexes/recommendations", new Budget(2, 2), Cached.NOWHERE),
  INDEX_ADVISED("database/indexes/recommendations/{id}", new Budget(2, 2), Cached.NOWHERE),
  INDEX_APPLIED("database/indexes/recommendations/{id}/apply", null, Cached.NOWHERE),
  INDEX_ADOPTED("database/indexes/recommendations/{id}/adopt", null, Cached.NOWHERE),
  INDEX_UNDONE("database/indexes/recommendations/{id}/undo", null, Cached.NOWHERE),
  TARGETS("performance/targets", new Budget(0, 0), Cached.NOWHERE),
  RUNS("performance/runs", new Budget(1, 1), Cached.NOWHERE),
  RUN("performance/runs/{id}", new Budget(2, 2), Cached.NOWHERE),
  FRESHNESS("monitoring/freshness", new Budget(1, 1), Cached.NOWHERE),
  QUALITY("monitoring/quality", new Budget(1, 1), Cached.NOWHERE),
  ANOMALIES("monitoring/anomalies", new Budget(1, 1), Cached.NOWHERE),
  ANOMALY("monitoring/anomalies/{id}", new Budget(1, 1), Cached.NOWHERE),
  SLAS("monitoring/slas", new Budget(4, 4), Cached.NOWHERE),
  SLA("monitoring/slas/{name}", new Budget(4, 4), Cached.NOWHERE),
  PIPELINES("monitoring/pipelines", new Budget(1, 1), Cached.NOWHERE),
  PIPELINE("monitoring/pipelines/{layout}", new Budget(1, 1), Cached.NOWHERE),
  ALERTS("monitoring/alerts", new Budget(3, 3), Cached.NOWHERE),
  ALERT_RULES("monitoring/alerts/rules", new Budget(1, 1), Cached.NOWHERE),
  ALERT_RULE("monitoring/alerts/rules/{rule}", null, Cached.NOWHERE),
  SILENCES("monitoring/silences", new Budget(1, 1), Cached.NOWHERE),
  SILENCE("monitoring/silences/{id}", new Budget(1, 1), Cached.NOWHERE);

  /** The path that all addresses of the API begin with. */
  public static final String ROOT = "/api/v1/";

  private static final Set<HttpString> EDITING = Set.of(Methods.PUT, Methods.PATCH, Methods.DELETE);
  private static final Set<Route> EDITED = Set.of(ITEM, CODE, DATASET, LAYOUT);
  private static final AttachmentKey<Found> FOUND = AttachmentKey.create(Found.class);
  private static final Node TREE = tree();

  private final String template;
  private final @Nullable Budget budget;
  private final Cached cached;

  Route(String template, @Nullable Budget budget, Cached cached) {
    this.template = template;
    this.budget = budget;
    this.cached = cached;
  }

  /**
   * How many SQL statements a GET may take at most, whatever its length. An {@code asOf} that was
   * not asked for lately, and a {@code count}, take one more.
   *
   * @param cold with all caches empty
   * @param warm when the same was asked before and nothing has changed since
   */
  public record Budget(int cold, int warm) {}

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

  /** How a body is received. */
  public enum Body {
    /** On disk, of any size. */
    FILE,
    /** In memory; a few thousand observations. */
    PUSH,
    /** In memory; the beginning of a file. */
    SAMPLE,
    /** In memory; one JSON document. */
    DOCUMENT
  }

  private record Found(@Nullable Route route) {}

  /** Addresses by their segments: a name goes before a variable. */
  private static final class Node {
    private final Map<String, Node> names = new HashMap<>();
    private @Nullable Node variable;
    private @Nullable Route route;

    private Node below(String segment) {
      if (segment.startsWith("{")) {
        if (variable == null) {
          variable = new Node();
        }
        return variable;
      }
      return names.computeIfAbsent(segment, name -> new Node());
    }

    private @Nullable Node find(String segment) {
      Node named = names.get(segment);
      return named == null && !segment.isEmpty() ? variable : named;
    }
  }

  private static Node tree() {
    Node root = new Node();
    for (Route route : values()) {
      if (route.template.startsWith("{collection}")) {
        for (ItemType<?> type : Catalogue.all()) {
          // Codes are below their code list.
          if (type != Catalogue.CODES) {
            add(root, route.template.replace("{collection}", type.collection()), route);
          }
        }
      } else {
        add(root, route.template, route);
      }
    }
    return root;
  }

  private static void add(Node root, String template, Route route) {
    Node node = root;
    for (String segment : template.split("/", -1)) {
      node = node.below(segment);
    }
    node.route = route;
  }

  /**
   * The route of a path.
   *
   * @return null if there is nothing at that path
   */
  public static @Nullable Route of(String path) {
    if (!path.startsWith(ROOT)) {
      return null;
    }
    Node node = TREE;
    for (String segment : path.substring(ROOT.length()).split("/", -1)) {
      node = node.find(segment);
      if (node == null) {
        return null;
      }
    }
    return node.route;
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

  /** The address without {@link #ROOT}; variables stand in braces. */
  public String template() {
    return template;
  }

  /** The statements that a GET may take; null if it can't be read. */
  public @Nullable Budget budget() {
    return budget;
  }

  /** The region in which its responses are cached. */
  public Cached cached() {
    return cached;
  }

  /** Whether it is for those who look after the database, the performance and the monitoring. */
  public boolean isOfOperators() {
    return template.startsWith("database/")
        || template.startsWith("performance/")
        || template.startsWith("monitoring/");
  }

  /** The queue of a request; null if it does not wait. */
  public @Nullable Queue queue(HttpString method) {
    if (this == OBSERVATIONS && method.equals(Methods.POST)) {
      return Queue.PUSHES;
    }
    return EDITED.contains(this) && EDITING.contains(method) ? Queue.EDITS : null;
  }

  /** How the body of a request is received. */
  public Body body(HttpString method) {
    if (!method.equals(Methods.POST)) {
      return Body.DOCUMENT;
    }
    return switch (this) {
      case LOADS -> Body.FILE;
      case OBSERVATIONS -> Body.PUSH;
      case LAYOUT_PROPOSAL -> Body.SAMPLE;
      default -> Body.DOCUMENT;
    };
  }
}
