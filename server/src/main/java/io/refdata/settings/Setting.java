package io.refdata.settings;

import static io.refdata.settings.Kind.addressOrFileOrNone;
import static io.refdata.settings.Kind.addressOrNone;
import static io.refdata.settings.Kind.addresses;
import static io.refdata.settings.Kind.bytesOrShare;
import static io.refdata.settings.Kind.databaseUrl;
import static io.refdata.settings.Kind.directory;
import static io.refdata.settings.Kind.duration;
import static io.refdata.settings.Kind.durationFrom;
import static io.refdata.settings.Kind.durationUpTo;
import static io.refdata.settings.Kind.file;
import static io.refdata.settings.Kind.filled;
import static io.refdata.settings.Kind.flag;
import static io.refdata.settings.Kind.listOf;
import static io.refdata.settings.Kind.longSecret;
import static io.refdata.settings.Kind.nameOrNone;
import static io.refdata.settings.Kind.names;
import static io.refdata.settings.Kind.origins;
import static io.refdata.settings.Kind.secret;
import static io.refdata.settings.Kind.signingSecret;
import static io.refdata.settings.Kind.someOf;
import static io.refdata.settings.Kind.wholeNumber;

import io.refdata.access.Role;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * All settings. A value is the system property of the setting's name, or else the environment
 * variable {@link #variable}, or else the default. The table in docs/settings.md is generated from
 * this enum ({@link SettingsTable}). The server does not start if a value is not of its kind, or if
 * there is a {@code refdata.*} or {@code REFDATA_*} that is not among these ({@link
 * SettingsCheck}).
 *
 * <p>To add a setting, add a line here and copy the table that {@code SettingTest} shows into
 * docs/settings.md. If {@code server.cli} has the setting in an expression, the default there must
 * be the same.
 */
public enum Setting {
  HOME("refdata.home", directory(), "${jboss.server.data.dir}/refdata", "where uploads are stored"),
  HTTP_PORT("refdata.http.port", wholeNumber(1, 65_535), "8080", "where the interface answers"),
  STOP_TIMEOUT(
      "refdata.stop.timeout",
      wholeNumber(0, 3_600),
      "20",
      "seconds that the server has to end in order when it is told to: the notice, and then the"
          + " requests under way"),
  STOP_NOTICE(
      "refdata.stop.notice",
      wholeNumber(0, 3_600),
      "0",
      "seconds that the server goes on answering after it was told to end, but says that it is not"
          + " ready; so that a load balancer sends no more requests"),
  WARM_UP(
      "refdata.warm-up",
      wholeNumber(0, 60_000),
      "5000",
      "milliseconds that the server may send requests to itself before it is called ready; 0:"
          + " none"),
  DEPLOYMENT_SCANNER(
      "refdata.deployment-scanner",
      flag(),
      "true",
      "whether the application is looked for in `standalone/deployments`"),
  DB_URL(
      "refdata.db.url", databaseUrl(), "jdbc:postgresql://localhost:5432/refdata", "the database"),
  DB_USER("refdata.db.user", filled(), "refdata", "its role"),
  DB_PASSWORD("refdata.db.password", secret(), "", "the role's password"),
  DB_SOCKET_TIMEOUT(
      "refdata.db.socket-timeout",
      wholeNumber(0, 86_400),
      "0",
      "seconds without a byte after which a connection counts as lost; 0: never, for a merge may be"
          + " silent for long"),
  POOL_MIN("refdata.pool.min", wholeNumber(0, 1_000), "5", "connections that are kept open"),
  POOL_MAX(
      "refdata.pool.max",
      wholeNumber(1, 1_000),
      "48",
      "connections at most; one more watches the database"),
  POOL_BLOCKING_TIMEOUT(
      "refdata.pool.blocking-timeout",
      wholeNumber(1, 600_000),
      "5000",
      "milliseconds to wait for a free connection"),
  POOL_VALIDATION(
      "refdata.pool.validation",
      wholeNumber(100, 3_600_000),
      "5000",
      "milliseconds between looks for dead connections"),
  POOL_IDLE_VALIDATION(
      "refdata.pool.idle-validation",
      wholeNumber(0, 3_600_000),
      "100",
      "milliseconds after which an idle connection is asked whether it is alive before it is used;"
          + " 0: never"),
  POOL_LEAK_DETECTION(
      "refdata.pool.leak-detection",
      wholeNumber(0, 86_400_000),
      "900000",
      "milliseconds after which a connection in use is warned of"),
  POOL_IDLE_REMOVAL(
      "refdata.pool.idle-removal",
      duration(),
      "PT10M",
      "after which time an idle connection is closed, down to `refdata.pool.min`"),
  TX_TIMEOUT("refdata.tx.timeout", wholeNumber(1, 86_400), "300", "seconds a transaction may take"),
  BATCH_THREADS("refdata.batch.threads", wholeNumber(1, 64), "8", "loads at work at a time"),
  LOAD_CRASHES(
      "refdata.load.crashes",
      wholeNumber(1, 1_000),
      "2",
      "ends of the server after which a load that was under way is stopped"),
  LOAD_OUTAGES(
      "refdata.load.outages",
      wholeNumber(1, 1_000_000),
      "120",
      "tries of a load that outages end, with pauses up to a minute, before it is stopped"),
  LOAD_FAILURES(
      "refdata.load.failures",
      wholeNumber(1, 1_000_000),
      "5",
      "tries of a load that unexpected failures end, before it is stopped"),
  PAYLOADS_KEPT(
      "refdata.payloads.kept",
      durationUpTo(Duration.ofDays(36_500)),
      "P365D",
      "how long the files of completed loads, and pushes as they came, are stored"),
  PAYLOADS_BYTES(
      "refdata.payloads.bytes",
      wholeNumber(0, 1L << 50),
      "107374182400",
      "bytes of them that are stored; the oldest go first"),
  PAYLOADS_UNRECORDED(
      "refdata.payloads.unrecorded",
      duration(),
      "PT1H",
      "age from which on a file that no load has is removed"),
  PAYLOADS_PAGE(
      "refdata.payloads.page",
      wholeNumber(1, 1L << 30),
      "16777216",
      "bytes of pushes in a page of them, if it has more than one"),
  PAYLOADS_CONTAINED_CHARACTERS(
      "refdata.payloads.contained.characters",
      wholeNumber(2, 1_000_000),
      "10000",
      "characters of the object that pushes are looked for by"),
  PAYLOADS_CONTAINED_DEPTH(
      "refdata.payloads.contained.depth",
      wholeNumber(1, 1_000),
      "8",
      "levels of objects and arrays in it"),
  LOAD_REJECTS(
      "refdata.load.rejects",
      wholeNumber(0, 100_000_000),
      "100000",
      "rejects of a load that are stored; the rest is counted"),
  MAINTENANCE_TICK(
      "refdata.maintenance.tick",
      duration(),
      "PT30S",
      "how often the platform looks for tasks that are due"),
  MAINTENANCE_PATIENCE(
      "refdata.maintenance.patience",
      duration(),
      "PT0.2S",
      "how long such a task waits for a lock before it tries again later"),
  MAINTENANCE_TIME(
      "refdata.maintenance.time",
      duration(),
      "PT1H",
      "how long a run of maintenance begins further steps, and how long each may take"),
  MAINTENANCE_LOG_KEPT(
      "refdata.maintenance.log-kept",
      duration(),
      "P90D",
      "how long the steps of all tasks stay on record"),
  ANALYZE_SHARE(
      "refdata.maintenance.analyze-share",
      wholeNumber(1, 1_000),
      "20",
      "percent of changed rows from which on a table is analyzed"),
  ANALYZE_PARENTS_AFTER(
      "refdata.maintenance.analyze-parents-after",
      duration(),
      "P1D",
      "time after which a partitioned table is analyzed again if its partitions were"),
  VACUUM_SHARE(
      "refdata.maintenance.vacuum-share",
      wholeNumber(1, 1_000),
      "30",
      "percent of dead rows from which on a table is vacuumed; autovacuum comes at 20"),
  FREEZE_SHARE(
      "refdata.maintenance.freeze-share",
      wholeNumber(1, 100),
      "90",
      "percent of `autovacuum_freeze_max_age` from which on a table is frozen"),
  REINDEX_SHARE(
      "refdata.maintenance.reindex-share",
      wholeNumber(1, 99),
      "50",
      "percent of an index that has to be bloat to rebuild it"),
  REINDEX_BYTES(
      "refdata.maintenance.reindex-bytes",
      wholeNumber(0, 1L << 40),
      "10485760",
      "bytes of an index from which on its bloat matters"),
  REINDEX_PAUSE(
      "refdata.maintenance.reindex-pause",
      duration(),
      "P7D",
      "time after which an index is rebuilt again at the earliest"),
  REJECTS_KEPT(
      "refdata.rejects.kept",
      duration(),
      "P90D",
      "how long the rejects of a load stay after its end"),
  BATCH_KEPT(
      "refdata.batch.kept",
      duration(),
      "P30D",
      "how long the server's records of batch jobs stay after their end"),
  SLOW_STATEMENT(
      "refdata.slow-statement",
      duration(),
      "PT0.5S",
      "from which time on a statement is slow: its values are stored"),
  SLOW_STATEMENT_CHARACTERS(
      "refdata.slow-statement.characters",
      wholeNumber(100, 10_000_000),
      "100000",
      "characters of a slow statement with its values that are stored"),
  STATISTICS_KEPT(
      "refdata.statistics.kept",
      duration(),
      "P7D",
      "how long the samples of statements and of sizes are stored"),
  LONG_TRANSACTION(
      "refdata.long-transaction",
      duration(),
      "PT1M",
      "from which time on a transaction is shown as a long one"),
  EXPLAIN_TIMEOUT(
      "refdata.explain-timeout",
      duration(),
      "PT10S",
      "how long a statement may run whose plan is measured"),
  INDEXES_UNUSED_AFTER(
      "refdata.indexes.unused-after",
      duration(),
      "PT720H",
      "time without a scan after which an index counts as unused"),
  INDEXES_STATEMENTS(
      "refdata.indexes.statements",
      wholeNumber(1, 10_000),
      "50",
      "the dearest statements, among which missing indexes are looked for"),
  INDEXES_LEAST_GAIN(
      "refdata.indexes.least-gain",
      wholeNumber(1, 99),
      "20",
      "percent of a statement's cost that an index must save to be recommended"),
  INDEXES_MODEL_PAGES(
      "refdata.indexes.model-pages",
      wholeNumber(1_000, 10_000_000),
      "131072",
      "pages on disk that trying an index on a model may take; of a longer table a share is tried"),
  INDEXES_TRIAL_CALLS(
      "refdata.indexes.trial.calls",
      wholeNumber(1, 1_000_000_000),
      "20",
      "calls of its statements after which the trial of an index is judged"),
  INDEXES_TRIAL_TIME(
      "refdata.indexes.trial.time",
      duration(),
      "PT1H",
      "time after which a trial with fewer calls is left to the operator"),
  INDEXES_TRIAL_KEPT(
      "refdata.indexes.trial.kept",
      wholeNumber(1, 100),
      "50",
      "percent of the promised gain that a trial must measure to be adopted"),
  INDEXES_BUILD_WAIT(
      "refdata.indexes.build-wait",
      duration(),
      "PT10M",
      "how long the build of an index waits for others' transactions"),
  INDEXES_LOCK_WAIT(
      "refdata.indexes.lock-wait",
      wholeNumber(1, 60_000),
      "100",
      "milliseconds that adopting an index waits for a lock, and others wait for it"),
  PERFORMANCE_SHARE(
      "refdata.performance.share",
      wholeNumber(1, 100),
      "10",
      "percent of its time that a run of the performance tests works; it rests in between"),
  PERFORMANCE_TIME("refdata.performance.time", duration(), "PT5M", "how long such a run may take"),
  PERFORMANCE_PATIENCE(
      "refdata.performance.patience",
      duration(),
      "PT10S",
      "how long it waits for an answer of the platform"),
  PERFORMANCE_PROBES(
      "refdata.performance.probes",
      wholeNumber(1, 10_000),
      "20",
      "requests of each kind that it times"),
  PERFORMANCE_LARGE_TABLE(
      "refdata.performance.large-table",
      wholeNumber(1, 1_000_000_000),
      "10000",
      "rows from which on a table has to be read by its indexes"),
  PERFORMANCE_KEPT("refdata.performance.kept", duration(), "P90D", "how long the runs are stored"),
  FILTER_VALUES(
      "refdata.filter.values",
      wholeNumber(1, 10_000_000),
      "100000",
      "values that a filter may have"),
  READS_TOGETHER(
      "refdata.reads.together",
      wholeNumber(1, 1_000),
      "64",
      "reads of single items that one statement answers, if so many wait"),
  HTTP_PARSE_TIMEOUT(
      "refdata.http.parse-timeout",
      wholeNumber(100, 3_600_000),
      "10000",
      "milliseconds that a request may take to come, up to its body"),
  HTTP_STREAMS(
      "refdata.http.streams",
      wholeNumber(1, 10_000),
      "100",
      "requests that a connection of HTTP/2 may have under way; from twice as many on, further ones"
          + " are reset"),
  HTTP_READ_TIMEOUT(
      "refdata.http.read-timeout",
      wholeNumber(100, 3_600_000),
      "90000",
      "milliseconds that a connection may be silent while something is awaited from it"),
  HTTP_WRITE_TIMEOUT(
      "refdata.http.write-timeout",
      wholeNumber(100, 3_600_000),
      "60000",
      "milliseconds that a client may leave an answer unread"),
  BODIES_MEMORY(
      "refdata.bodies.memory",
      wholeNumber(1 << 24, 1L << 40),
      "83886080",
      "bytes that bodies of requests may take together; five of the largest pushes"),
  BODIES_SPAN(
      "refdata.bodies.span",
      duration(),
      "PT10S",
      "in each such time a body has to come at the rate below"),
  BODIES_BYTES_PER_SECOND(
      "refdata.bodies.bytes-per-second",
      wholeNumber(0, 1L << 40),
      "1024",
      "how fast it has to come"),
  STREAMS_AT_A_TIME(
      "refdata.streams.at-a-time",
      wholeNumber(1, 1_000),
      "4",
      "streams that are read from the database at a time"),
  STREAMS_WAIT(
      "refdata.streams.wait", duration(), "PT30S", "how long another stream waits for its turn"),
  PAGES_AT_A_TIME(
      "refdata.pages.at-a-time",
      wholeNumber(1, 1_000),
      "8",
      "responses of observations without a limit that are read at a time"),
  CACHE_ENTITIES(
      "refdata.cache.entities",
      wholeNumber(0, 100_000_000),
      "200000",
      "entities in the second-level cache"),
  CACHE_COLLECTIONS(
      "refdata.cache.collections", wholeNumber(0, 100_000_000), "100000", "collections in it"),
  CACHE_NATURAL_IDS(
      "refdata.cache.natural-ids", wholeNumber(0, 100_000_000), "200000", "codes in it"),
  CACHE_QUERIES(
      "refdata.cache.queries", wholeNumber(0, 100_000_000), "10000", "results of queries in it"),
  CACHE_QUERIES_LIFESPAN(
      "refdata.cache.queries.lifespan",
      wholeNumber(1, 86_400_000),
      "600000",
      "milliseconds a result stays there"),
  SERIES_BYTES(
      "refdata.series.bytes",
      wholeNumber(0, 1L << 40),
      "33554432",
      "bytes of cached selections of series; 0: none is cached"),
  ANSWERS_TAGGED(
      "refdata.answers.tagged",
      wholeNumber(0, 1 << 24),
      "65536",
      "bytes of a streamed response that are held, so that one which is no longer has an `ETag`"),
  ANSWERS_SPOOL(
      "refdata.answers.spool",
      wholeNumber(0, 1L << 50),
      "1073741824",
      "bytes on disk for responses whose clients read slowly"),
  ANSWERS_SPOOL_PER_SECOND(
      "refdata.answers.spool-per-second",
      wholeNumber(1 << 20, 1L << 40),
      "8388608",
      "bytes that all these responses together may put there in a second, beyond the first 1 MiB of"
          + " each"),
  ANSWERS_PATIENCE(
      "refdata.answers.patience",
      duration(),
      "PT5S",
      "how long such a client is waited for when these are used up"),
  ANSWERS_BYTES(
      "refdata.answers.bytes",
      bytesOrShare(),
      "33%",
      "bytes of all cached responses; 0: none is cached"),
  ANSWERS_ITEMS_LIFETIME(
      "refdata.answers.items.lifetime",
      duration(),
      "PT1H",
      "how long the response for a single item is cached at most"),
  ANSWERS_LISTS_LIFETIME(
      "refdata.answers.lists.lifetime", duration(), "PT1H", "how long a list is cached at most"),
  ANSWERS_OBSERVATIONS_LIFETIME(
      "refdata.answers.observations.lifetime",
      duration(),
      "PT1H",
      "how long series and observations are cached at most"),
  ANSWERS_PAST_LIFETIME(
      "refdata.answers.past.lifetime",
      duration(),
      "PT1H",
      "how long a response as of an instant is cached at most"),
  NODE(
      "refdata.node",
      filled(),
      "${jboss.node.name}",
      "the name of this server among those that share a database"),
  METRICS_REQUESTS(
      "refdata.metrics.requests", flag(), "true", "whether requests are timed for `/metrics`"),
  METRICS_REQUESTS_MAX(
      "refdata.metrics.requests.max",
      wholeNumber(10, 100_000),
      "1000",
      "kinds of requests (address, method, status, cache) that are timed apart; others are timed"
          + " together"),
  METRICS_STATEMENTS_MAX(
      "refdata.metrics.statements.max",
      wholeNumber(0, 100_000),
      "500",
      "names of statements in `/metrics`, those that took most of the time"),
  METRICS_DATASETS_MAX(
      "refdata.metrics.datasets.max",
      wholeNumber(0, 100_000),
      "500",
      "datasets in `/metrics`, in the order of their codes"),
  METRICS_SAMPLE_EVERY(
      "refdata.metrics.sample-every",
      duration(),
      "PT15S",
      "how often a server takes the samples that `/metrics` and `/health` give"),
  METRICS_SAMPLE_SLOWLY_EVERY(
      "refdata.metrics.sample-slowly-every",
      duration(),
      "PT5M",
      "the same for what takes longer: the size of the database, the partitions of all datasets"),
  METRICS_SAMPLE_PATIENCE(
      "refdata.metrics.sample-patience",
      duration(),
      "PT5S",
      "how long a statement of a sample may take"),
  METRICS_WAITING(
      "refdata.metrics.waiting",
      wholeNumber(1, 1_000),
      "8",
      "requests of `/metrics` that wait while one is answered; more get 503"),
  REQUESTS_SAMPLED(
      "refdata.requests.sampled",
      duration(),
      "PT1M",
      "how often a server stores how many requests it answered, and how fast"),
  REQUESTS_KEPT("refdata.requests.kept", duration(), "P90D", "how long these samples are stored"),
  HEALTH_AGE(
      "refdata.health.age",
      duration(),
      "PT2M",
      "age from which on `/health` says that a sample is old"),
  HEALTH_DISK(
      "refdata.health.disk",
      wholeNumber(0, 1L << 50),
      "1073741824",
      "bytes free for uploads below which `/health` warns"),
  HEALTH_STUCK_LOAD(
      "refdata.health.stuck-load",
      duration(),
      "PT30M",
      "time without progress from which on `/health` warns of a load"),
  DATASET_SAMPLE_GAP(
      "refdata.dataset-samples.gap",
      duration(),
      "PT5M",
      "time between two samples of a dataset from which on nothing is known of it in between"),
  QUALITY_LOADS(
      "refdata.quality.loads",
      wholeNumber(1, 10_000),
      "1000",
      "loads whose quality is judged in one run"),
  QUALITY_LOOK_BACK(
      "refdata.quality.look-back",
      duration(),
      "P7D",
      "age of a load up to which its quality is judged if it was not yet"),
  QUALITY_TRIES(
      "refdata.quality.tries",
      wholeNumber(1, 1_000),
      "3",
      "tries to judge a load before it is left alone"),
  QUALITY_TIME(
      "refdata.quality.time",
      duration(),
      "PT2M",
      "how long a statement that reads for the quality of a load may take"),
  QUALITY_OBSERVATIONS(
      "refdata.quality.observations",
      wholeNumber(1_000, 100_000_000),
      "1000000",
      "observations of a dataset that are read to judge a load, and at most one for each 512 bytes"
          + " of the heap; of more, some series are examined"),
  QUALITY_SERIES(
      "refdata.quality.series",
      wholeNumber(10, 10_000_000),
      "50000",
      "series of a dataset that are read to judge a load, and at most one for each 16 KiB of the"
          + " heap"),
  QUALITY_PERIODS(
      "refdata.quality.periods",
      wholeNumber(100, 10_000_000),
      "100000",
      "latest periods of a dataset in which its completeness is judged"),
  QUALITY_LATEST(
      "refdata.quality.latest",
      wholeNumber(1, 1_000_000),
      "30",
      "last values of a series that are looked at for anomalies when a load has inserted them"),
  QUALITY_GAPS(
      "refdata.quality.gaps",
      wholeNumber(0, 10_000),
      "100",
      "gaps of a dataset that are stored, the longest ones; the rest is counted"),
  QUALITY_ANOMALIES(
      "refdata.quality.anomalies",
      wholeNumber(1, 100_000),
      "1000",
      "anomalies of a load that are stored, the highest scores; the rest is counted"),
  SLA_WINDOW(
      "refdata.slas.window",
      duration(),
      "P90D",
      "longest window of an SLA; samples of datasets and qualities of loads are stored as long"),
  SLAS("refdata.slas.most", wholeNumber(1, 10_000), "200", "SLAs that there may be"),
  SLA_EVENTS(
      "refdata.slas.events",
      wholeNumber(1, 1_000_000_000),
      "10",
      "events in a window below which an SLA is not measured; of burn rates in the hour and the six"
          + " hours"),
  PIPELINE_LOADS(
      "refdata.pipelines.loads",
      wholeNumber(5, 1_000),
      "50",
      "latest loads of a layout that its pipeline shows"),
  ALERTS_TICK(
      "refdata.alerts.tick",
      durationUpTo(Duration.ofSeconds(30)),
      "PT15S",
      "how often the platform looks for situations that are alerts"),
  ALERTS_DATABASE_WAIT(
      "refdata.alerts.database-wait",
      durationUpTo(Duration.ofMinutes(1)),
      "PT5S",
      "how long such a look waits for the database before it counts as down"),
  ALERTS_SUBJECTS(
      "refdata.alerts.subjects",
      wholeNumber(1, 10_000),
      "100",
      "alerts of one rule that may be open at a time"),
  ALERTS_TEXT(
      "refdata.alerts.text",
      wholeNumber(100, 10_000),
      "1000",
      "characters of the reason of an alert; the rest is cut off"),
  ALERTS_KEPT(
      "refdata.alerts.kept", duration(), "P90D", "how long closed alerts and silences stay"),
  ALERTS_NODE_GONE(
      "refdata.alerts.node-gone",
      duration(),
      "PT5M",
      "time without a look after which the alerts of a node are closed"),
  ALERTS_SLOW_CALLS(
      "refdata.alerts.slow.calls",
      wholeNumber(1, 1_000_000_000),
      "10",
      "calls of a statement between two looks from which on it is judged"),
  ALERTS_REQUESTS(
      "refdata.alerts.requests",
      wholeNumber(1, 1_000_000_000),
      "10",
      "requests of an address between two looks from which on their errors and times are judged"),
  ALERTS_LOADS_WITHIN(
      "refdata.alerts.loads-within",
      duration(),
      "P1D",
      "time after which a load that failed is no alert any more"),
  ALERTS_LAG_WITHIN(
      "refdata.alerts.lag-within",
      duration(),
      "PT30S",
      "time after which a load that was completed says nothing of the lag any more"),
  ALERTS_DISK_AHEAD(
      "refdata.alerts.disk-ahead",
      duration(),
      "P3D",
      "how far ahead the growth of a disk is reckoned"),
  ALERTS_DATABASE_DISK(
      "refdata.alerts.database-disk",
      wholeNumber(0, 1L << 60),
      "0",
      "bytes that the database may grow to; 0: not known, and not watched"),
  ALERTS_SILENCE_LONGEST(
      "refdata.alerts.silence-longest", duration(), "P30D", "how long a silence may last"),
  ALERTS_SILENCES("refdata.alerts.silences", wholeNumber(1, 10_000), "200", "silences at a time"),
  ALERTS_WEBHOOKS(
      "refdata.alerts.webhooks",
      addresses(),
      "",
      "addresses that alerts are sent to as signed webhooks, with commas between them"),
  ALERTS_ALERTMANAGERS(
      "refdata.alerts.alertmanagers",
      addresses(),
      "",
      "addresses of Alertmanagers that alerts are sent to, without `/api/v2/alerts`"),
  ALERTS_SECRET(
      "refdata.alerts.secret",
      signingSecret(),
      "",
      "secret that webhooks are signed with: `whsec_` and 24 to 64 bytes in base64"),
  ALERTS_ADDRESS(
      "refdata.alerts.address",
      filled(),
      "http://localhost:8080",
      "address of the platform for links in alerts"),
  RUNBOOKS(
      "refdata.runbooks",
      filled(),
      "docs/operations.md",
      "address of the page with what to do about each alert"),
  ALERTS_CONNECT_WAIT(
      "refdata.alerts.connect-wait",
      durationUpTo(Duration.ofMinutes(1)),
      "PT2S",
      "how long sending an alert waits for a connection"),
  ALERTS_ANSWER_WAIT(
      "refdata.alerts.answer-wait",
      durationUpTo(Duration.ofMinutes(5)),
      "PT10S",
      "how long it waits for the answer"),
  ALERTS_ATTEMPTS(
      "refdata.alerts.attempts",
      wholeNumber(1, 1_000),
      "30",
      "times that an alert is sent to a receiver that does not take it"),
  ALERTS_RETRY_FIRST(
      "refdata.alerts.retry.first", duration(), "PT5S", "the pause after the first time"),
  ALERTS_RETRY_LONGEST(
      "refdata.alerts.retry.longest",
      duration(),
      "PT10M",
      "the longest pause; each is twice as long as the one before, less up to half by chance"),
  ALERTS_RETRY_KEPT(
      "refdata.alerts.retry.kept",
      duration(),
      "P1D",
      "age from which on an alert is not sent any more"),
  ALERTS_BODY(
      "refdata.alerts.body",
      wholeNumber(1_000, 10_000_000),
      "65536",
      "bytes of a body that is sent to a receiver at most"),
  ALERTS_REPEAT(
      "refdata.alerts.repeat",
      durationUpTo(Duration.ofMinutes(5)),
      "PT1M",
      "how often Alertmanagers are told of open alerts; they forget one after four such times"),
  // Access: roles, public collections, checks of credentials.
  ACCESS_ANYBODY(
      "refdata.access.anybody",
      someOf(Role.words()),
      "",
      "roles of requests without a credential, with commas between them; more than `reader` only on"
          + " the loopback address"),
  ACCESS_PUBLIC_COLLECTIONS(
      "refdata.access.public-collections",
      names(),
      "",
      "collections that can be read without a credential, with commas between them"),
  ACCESS_PUBLIC_LIFETIME(
      "refdata.access.public-lifetime",
      durationUpTo(Duration.ofMinutes(10)),
      "PT10S",
      "how long it is remembered which datasets are public, if another server changes them; a"
          + " change of this one counts at once"),
  ACCESS_CHECKS_AT_A_TIME(
      "refdata.access.checks.at-a-time",
      wholeNumber(1, 100),
      "4",
      "callers that are checked at a time, if nothing is remembered of their credentials"),
  ACCESS_CHECKS_WAITING(
      "refdata.access.checks.waiting",
      wholeNumber(1, 100_000),
      "500",
      "requests that wait for such a check; more get 503"),
  ACCESS_CREDENTIAL_CHARACTERS(
      "refdata.access.credential-characters",
      wholeNumber(100, 100_000),
      "8192",
      "characters of a credential"),
  METRICS_OPEN(
      "refdata.metrics.open",
      flag(),
      "false",
      "whether `/metrics` can be read without the role `operator`"),

  // Bearer tokens: whose are accepted, how they are checked and remembered.
  ACCESS_ISSUER(
      "refdata.access.issuer",
      addressOrNone(),
      "",
      "the OpenID Connect provider whose tokens are accepted, as its tokens name it in `iss`;"
          + " empty: none is"),
  ACCESS_AUDIENCE(
      "refdata.access.audience",
      nameOrNone(),
      "",
      "what tokens name in `aud` if they are for this platform"),
  ACCESS_KEYS(
      "refdata.access.keys",
      addressOrFileOrNone(),
      "",
      "address of the provider's keys (JWKS), `http`, `https` or `file`; empty: it is asked for"
          + " it"),
  ACCESS_ALGORITHMS(
      "refdata.access.algorithms",
      listOf("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"),
      "RS256,PS256,ES256",
      "algorithms of signatures that are accepted, with commas between them"),
  ACCESS_TYPES(
      "refdata.access.types",
      listOf("at+jwt", "JWT", "absent"),
      "at+jwt,JWT",
      "types (`typ`) of tokens that are accepted; `absent`: also those without one"),
  ACCESS_SKEW(
      "refdata.access.skew",
      wholeNumber(0, 60),
      "30",
      "seconds by which the clocks of the provider and the server may differ"),
  ACCESS_ROLES_CLAIM(
      "refdata.access.roles-claim",
      filled(),
      "roles",
      "claim with the roles of a caller, a list or a text with spaces; dots lead into objects"),
  ACCESS_ROLE_PREFIX(
      "refdata.access.role-prefix", nameOrNone(), "", "what comes before the name of a role there"),
  ACCESS_NAME_CLAIM(
      "refdata.access.name-claim",
      filled(),
      "preferred_username",
      "claim with the name of a caller; `sub` if a token lacks it"),
  ACCESS_NAME_CHARACTERS(
      "refdata.access.name-characters",
      wholeNumber(36, 1_000),
      "200",
      "characters of such a name; a token with a longer one is refused"),
  ACCESS_REMEMBERED(
      "refdata.access.remembered",
      wholeNumber(0, 10_000_000),
      "20000",
      "accepted tokens that are remembered, by their hashes"),
  ACCESS_REMEMBERED_REFUSED(
      "refdata.access.remembered-refused",
      wholeNumber(0, 10_000_000),
      "20000",
      "refused tokens that are remembered"),
  ACCESS_REFUSED_FOR(
      "refdata.access.refused-for",
      durationUpTo(Duration.ofMinutes(1)),
      "PT1M",
      "how long a refused token is remembered"),
  ACCESS_KEYS_REFRESH(
      "refdata.access.keys-refresh",
      durationUpTo(Duration.ofDays(1)),
      "PT5M",
      "how often the provider's keys are fetched; tokens of a key that is gone are refused then"),
  ACCESS_KEYS_RETRY(
      "refdata.access.keys-retry",
      durationUpTo(Duration.ofHours(1)),
      "PT10S",
      "the same while the provider is away"),
  ACCESS_KEYS_KEPT(
      "refdata.access.keys-kept",
      durationUpTo(Duration.ofDays(7)),
      "PT4H",
      "how long its keys go on to be used while it is away"),
  ACCESS_KEYS_UNKNOWN_EVERY(
      "refdata.access.keys-unknown-every",
      durationUpTo(Duration.ofHours(1)),
      "PT5S",
      "how often tokens with an unknown key may have the keys fetched"),
  ACCESS_KEYS_WAIT(
      "refdata.access.keys-wait",
      durationUpTo(Duration.ofMinutes(1)),
      "PT8S",
      "how long such a token waits for that"),
  ACCESS_KEYS_WAITING(
      "refdata.access.keys-waiting",
      wholeNumber(1, 1_000),
      "2",
      "such tokens that wait at a time if the provider is away or was asked a moment ago; each"
          + " holds one of the threads that check"),
  ACCESS_KEYS_BYTES(
      "refdata.access.keys-bytes",
      wholeNumber(1_024, 16_777_216),
      "262144",
      "bytes of an answer of the provider"),
  ACCESS_KEYS_MOST(
      "refdata.access.keys-most", wholeNumber(1, 1_000), "100", "keys of the provider"),
  ACCESS_KEYS_CONNECT_WAIT(
      "refdata.access.keys-connect-wait",
      durationUpTo(Duration.ofMinutes(1)),
      "PT2S",
      "how long a connection to the provider may take"),
  ACCESS_KEYS_ANSWER_WAIT(
      "refdata.access.keys-answer-wait",
      durationUpTo(Duration.ofMinutes(1)),
      "PT5S",
      "how long an answer of it may take"),

  // API keys, and what is kept of the actions of operators.
  ACCESS_OPERATOR_KEY(
      "refdata.access.operator-key",
      longSecret(),
      "",
      "secret that is a key with every role, for making the first keys; empty: none"),
  API_KEYS(
      "refdata.access.api-keys", wholeNumber(1, 10_000), "1000", "keys that are valid at a time"),
  API_KEY_LONGEST(
      "refdata.access.api-key.longest",
      durationUpTo(Duration.ofDays(3_660)),
      "P366D",
      "how long a new key may be valid"),
  API_KEY_FRESH(
      "refdata.access.api-key.fresh",
      durationUpTo(Duration.ofMinutes(1)),
      "PT1S",
      "how long another server may still accept a revoked key"),
  API_KEY_OUTAGE(
      "refdata.access.api-key.outage",
      durationUpTo(Duration.ofDays(1)),
      "PT15M",
      "how long known keys are accepted while the database is away"),
  API_KEY_WAIT(
      "refdata.access.api-key.wait",
      durationUpTo(Duration.ofSeconds(30)),
      "PT2S",
      "how long a request waits for the keys to be read"),
  API_KEY_LOOKUPS(
      "refdata.access.api-key.lookups",
      wholeNumber(1, 10_000),
      "50",
      "unknown keys that a server looks for in a second; others are refused"),
  API_KEY_REFUSED(
      "refdata.access.api-key.refused",
      wholeNumber(0, 1_000_000),
      "20000",
      "refused keys that a server remembers"),
  API_KEY_USED(
      "refdata.access.api-key.used",
      durationUpTo(Duration.ofHours(1)),
      "PT1M",
      "how often the last use of keys is written"),
  ACCESS_KEPT(
      "refdata.access.kept",
      duration(),
      "P3660D",
      "how long actions, and keys that have ended, stay on record"),

  // Tokens that an operator has ended before their time.
  ACCESS_ENDINGS("refdata.access.endings", wholeNumber(1, 100_000), "10000", "endings at a time"),
  ACCESS_ENDINGS_KEPT(
      "refdata.access.endings.kept",
      durationUpTo(Duration.ofDays(3_660)),
      "P366D",
      "how long an ending is kept; a token that was issued longer ago is refused"),
  ACCESS_ENDINGS_FRESH(
      "refdata.access.endings.fresh",
      durationUpTo(Duration.ofMinutes(1)),
      "PT5S",
      "how long another server may still accept an ended token"),
  ACCESS_ENDINGS_OUTAGE(
      "refdata.access.endings.outage",
      durationUpTo(Duration.ofDays(7)),
      "PT4H",
      "how long tokens are accepted while the database is away, by the endings that are known"),
  ACCESS_ENDINGS_WAIT(
      "refdata.access.endings.wait",
      durationUpTo(Duration.ofSeconds(30)),
      "PT2S",
      "how long a request waits for the endings to be read"),

  // The audit trail.
  AUDIT_SEAL_EVERY(
      "refdata.audit.seal-every",
      durationFrom(Duration.ofMinutes(1)),
      "PT1M",
      "how often new revisions and actions are sealed, until an operator changes it; the server"
          + " looks each half minute"),
  AUDIT_SEALED_AT_ONCE(
      "refdata.audit.sealed-at-once",
      wholeNumber(1, 100_000),
      "1000",
      "revisions, or links of actions, that are sealed in one transaction at most"),
  AUDIT_VERIFIED_REVISIONS(
      "refdata.audit.verified-revisions",
      wholeNumber(1, 1_000_000),
      "10000",
      "revisions and links of actions that one request verifies at most"),
  AUDIT_VERIFIED_STATES(
      "refdata.audit.verified-states",
      wholeNumber(1, 1_000_000_000),
      "1000000",
      "audit rows after which it begins no further revision"),

  // The roles of the database, and what their statements may take.
  DB_OWNER_USER(
      "refdata.db.owner-user",
      nameOrNone(),
      "",
      "role that owns the schema and migrates it; without it `refdata.db.user` does, and owns all"),
  DB_OWNER_PASSWORD("refdata.db.owner-password", secret(), "", "the owner's password"),
  DB_STATEMENT_TIMEOUT(
      "refdata.db.statement-timeout",
      durationUpTo(Duration.ofDays(7)),
      "PT6H",
      "how long a statement may take that has no bound of its own: a merge, the building of an"
          + " index"),
  DB_LOCK_TIMEOUT(
      "refdata.db.lock-timeout",
      durationUpTo(Duration.ofDays(7)),
      "PT1H",
      "how long it may wait for a lock; requests wait two seconds"),
  DB_IDLE_TIMEOUT(
      "refdata.db.idle-in-transaction-timeout",
      durationUpTo(Duration.ofDays(7)),
      "PT15M",
      "how long a transaction may wait for its next statement"),

  // Overload: the shares of each kind of request.
  ITEMS_AT_A_TIME(
      "refdata.items.at-a-time",
      wholeNumber(1, 10_000),
      "128",
      "reads of single items that run at a time; those that wait for a thread are read together"),
  ITEMS_WAITING(
      "refdata.items.waiting", wholeNumber(0, 100_000), "1000", "reads of items that may wait"),
  LISTS_AT_A_TIME(
      "refdata.lists.at-a-time",
      wholeNumber(1, 1_000),
      "8",
      "short reads of lists, histories, series and observations that run at a time"),
  LISTS_WAITING(
      "refdata.lists.waiting", wholeNumber(0, 100_000), "1000", "such reads that may wait"),
  PAGES_WAITING(
      "refdata.pages.waiting",
      wholeNumber(0, 100_000),
      "256",
      "reads of observations without a limit that may wait"),
  STREAMS_WAITING(
      "refdata.streams.waiting", wholeNumber(0, 100_000), "256", "streams that may wait"),
  EDITS_AT_A_TIME(
      "refdata.edits.at-a-time", wholeNumber(1, 1_000), "4", "edits that run at a time"),
  EDITS_WAITING("refdata.edits.waiting", wholeNumber(0, 100_000), "1000", "edits that may wait"),
  PUSHES_AT_A_TIME(
      "refdata.pushes.at-a-time", wholeNumber(1, 1_000), "4", "pushes that run at a time"),
  PUSHES_WAITING("refdata.pushes.waiting", wholeNumber(0, 100_000), "1000", "pushes that may wait"),
  LOADS_AT_A_TIME(
      "refdata.loads.at-a-time",
      wholeNumber(1, 1_000),
      "4",
      "requests about loads that run at a time; not the loads, see `refdata.batch.threads`"),
  LOADS_WAITING("refdata.loads.waiting", wholeNumber(0, 100_000), "256", "such requests that wait"),
  OPERATIONS_AT_A_TIME(
      "refdata.operations.at-a-time",
      wholeNumber(1, 1_000),
      "8",
      "requests about the database, the performance and the monitoring that run at a time"),
  OPERATIONS_WAITING(
      "refdata.operations.waiting", wholeNumber(0, 100_000), "64", "such requests that may wait"),
  OTHERS_AT_A_TIME(
      "refdata.others.at-a-time",
      wholeNumber(1, 1_000),
      "4",
      "requests of what has no address in the API that run at a time"),
  OTHERS_WAITING(
      "refdata.others.waiting", wholeNumber(0, 100_000), "64", "such requests that may wait"),
  ACCESS_PUBLIC_WAIT(
      "refdata.access.public-wait",
      durationUpTo(Duration.ofMinutes(1)),
      "PT2S",
      "how long a request waits for the database to tell which datasets are public, before it gets"
          + " 503"),
  SHARE_OF_A_CALLER(
      "refdata.waiting.of-a-caller",
      wholeNumber(1, 100),
      "75",
      "percent of the places of requests that wait, of each kind, that one caller may take, known"
          + " by its token or key, else by its address; more get 429"),
  READS_WAIT(
      "refdata.reads.wait",
      durationUpTo(Duration.ofMinutes(5)),
      "PT2S",
      "how long a short read waits for its turn before it gets 503"),
  WRITES_WAIT(
      "refdata.writes.wait",
      durationUpTo(Duration.ofHours(1)),
      "PT30S",
      "how long a write, or a request about loads or of operators, waits for its turn"),
  OVERLOAD_AFTER(
      "refdata.overload.after",
      duration(),
      "PT0.5S",
      "for how long all short reads wait longer than the delay below before it is overload"),
  OVERLOAD_DELAY(
      "refdata.overload.delay",
      duration(),
      "PT0.2S",
      "how long a short read may wait under overload, until nobody waits"),
  OVERLOAD_NEWEST_FIRST(
      "refdata.overload.newest-first",
      duration(),
      "PT0.025S",
      "how long a short read would wait in order of arrival, from which on, if more come than are"
          + " served, a caller's newest goes first"),
  RETRY_AFTER(
      "refdata.retry-after",
      wholeNumber(1, 3_600),
      "5",
      "seconds after which a client may try again what got 503 or 429"),
  LOADS_QUEUED(
      "refdata.loads.queued",
      wholeNumber(1, 10_000_000),
      "1000",
      "loads that may wait for their turn; more get 429"),
  BODIES_AT_A_TIME(
      "refdata.bodies.at-a-time",
      wholeNumber(1, 1_000_000),
      "2000",
      "bodies that may be on their way at a time; more get 503"),
  HTTP_THREADS(
      "refdata.http.threads",
      wholeNumber(16, 10_000),
      "64",
      "threads that answer requests; more than all shares but items have at a time"),

  // Browsers of other origins (CORS), and TLS.
  HTTP_CORS_ORIGINS(
      "refdata.http.cors-origins",
      origins(),
      "",
      "origins whose pages may use the interface from a browser, with commas between them; empty:"
          + " none"),
  HTTP_CORS_AGE(
      "refdata.http.cors-age",
      durationUpTo(Duration.ofDays(1)),
      "PT10M",
      "how long a browser may remember that it may"),
  HTTP_BEHIND_TLS(
      "refdata.http.behind-tls",
      flag(),
      "false",
      "whether a proxy in front speaks TLS with clients: then plain answers have"
          + " `Strict-Transport-Security` too"),
  HTTPS_PORT(
      "refdata.https.port",
      wholeNumber(0, 65_535),
      "0",
      "where the interface answers by TLS; 0: nowhere"),
  HTTPS_CERTIFICATE(
      "refdata.https.certificate",
      filled(),
      "certificate.pem",
      "file of the certificate with its chain, in PEM, or `.p12` with the key"),
  HTTPS_KEY(
      "refdata.https.key",
      file(),
      "",
      "file of the private key, in PEM (PKCS #8, not encrypted); empty for `.p12`"),
  HTTPS_PASSWORD("refdata.https.password", secret(), "", "password of a `.p12` file"),
  HTTPS_RENEWAL(
      "refdata.https.renewal",
      duration(),
      "PT1M",
      "how often these files are looked at for a renewed certificate"),
  HTTPS_HSTS(
      "refdata.https.hsts",
      duration(),
      "P365D",
      "how long browsers ask by TLS only, once they have seen an answer by TLS"),

  // Bounds of what clients send.
  HTTP_CONNECTIONS(
      "refdata.http.connections",
      wholeNumber(10, 1_000_000),
      "10000",
      "open connections; others wait until one is closed"),
  HTTP_HEAD_BYTES(
      "refdata.http.head-bytes",
      wholeNumber(1 << 16, 1 << 24),
      "1310720",
      "bytes of a request without its body, beyond which the connection is closed"),
  URL_CHARACTERS(
      "refdata.url.characters",
      wholeNumber(1_000, 1 << 24),
      "1000000",
      "characters of a URL; below `refdata.http.head-bytes`"),
  URL_PARAMETERS("refdata.url.parameters", wholeNumber(10, 19_999), "1000", "parameters of a URL"),
  HEADERS_LINES("refdata.headers.lines", wholeNumber(20, 999), "200", "headers of a request"),
  HEADERS_CHARACTERS(
      "refdata.headers.characters",
      wholeNumber(1_000, 1 << 24),
      "65536",
      "characters of all headers of a request"),
  DOCUMENT_BYTES(
      "refdata.document.bytes",
      wholeNumber(1 << 16, 1 << 26),
      "1048576",
      "bytes of a body with one JSON document"),
  PUSH_BYTES("refdata.push.bytes", wholeNumber(1 << 16, 1 << 30), "16777216", "bytes of a push"),
  PUSH_ROWS("refdata.push.rows", wholeNumber(1, 10_000_000), "10000", "observations of a push"),
  PUSH_ROW_CHARACTERS(
      "refdata.push.row-characters",
      wholeNumber(100, 10_000_000),
      "65536",
      "characters of one of them"),
  FILE_BYTES(
      "refdata.file.bytes", wholeNumber(1, 1L << 50), "1099511627776", "bytes of a file to load"),
  FILE_UNZIPPED_BYTES(
      "refdata.file.unzipped-bytes",
      wholeNumber(1, 1L << 50),
      "1099511627776",
      "bytes of a file in gzip or zip when it is unzipped"),
  JSON_DEPTH("refdata.json.depth", wholeNumber(10, 10_000), "1000", "levels of a JSON body"),
  JSON_NUMBER(
      "refdata.json.number", wholeNumber(20, 100_000), "1000", "characters of a number in it"),
  JSON_NAME(
      "refdata.json.name", wholeNumber(100, 1_000_000), "50000", "characters of a name in it"),
  JSON_TEXT(
      "refdata.json.text", wholeNumber(1_000, 1 << 30), "20000000", "characters of a text in it"),
  LISTS_LIMIT("refdata.lists.limit", wholeNumber(1, 1_000), "1000", "largest `limit` of a list"),
  OBSERVATIONS_LIMIT(
      "refdata.observations.limit",
      wholeNumber(1, 1_000_000),
      "1000000",
      "largest `limit` of observations"),
  OBSERVATIONS_PAGE(
      "refdata.observations.page",
      wholeNumber(1, 1_000_000),
      "100000",
      "observations of a page of JSON if no `limit` is given"),
  FILTER_REPETITIONS(
      "refdata.filter.repetitions",
      wholeNumber(1, 1_000),
      "50",
      "times that a filter may be repeated"),
  FILTER_CHARACTERS(
      "refdata.filter.characters", wholeNumber(10, 100_000), "1000", "characters of `q`"),
  SERIES_PATTERNS(
      "refdata.series.patterns",
      wholeNumber(1, 100_000),
      "1000",
      "keys of a selection that are not one code for each dimension"),
  SERIES_REGIONS(
      "refdata.series.regions",
      wholeNumber(1, 100_000),
      "1000",
      "regions of `within` in a selection of series"),
  // Answers as tables.
  WIDE_COLUMNS(
      "refdata.wide.columns",
      wholeNumber(1, 16_383),
      "1000",
      "series of an answer with `shape=wide`; a sheet has 16,384 columns"),
  WIDE_CELLS(
      "refdata.wide.cells",
      wholeNumber(1, 10_000_000),
      "1000000",
      "cells of an answer with `shape=wide`, which is held in memory"),
  PARQUET_ROW_GROUP(
      "refdata.parquet.row-group",
      wholeNumber(1 << 20, 1 << 28),
      "16777216",
      "bytes of rows that are held in memory while an answer in Parquet is written"),

  // Exports.
  EXPORTS_AT_A_TIME(
      "refdata.exports.at-a-time",
      wholeNumber(1, 100),
      "2",
      "exports that are written at a time; each holds a connection"),
  EXPORTS_WAITING(
      "refdata.exports.waiting",
      wholeNumber(1, 100_000),
      "100",
      "exports that have not ended; more are refused"),
  EXPORTS_BYTES(
      "refdata.exports.bytes",
      wholeNumber(0, 1L << 50),
      "21474836480",
      "bytes of all their files; an export that needs more fails"),
  EXPORTS_KEPT(
      "refdata.exports.kept", duration(), "P7D", "how long an export is kept when it has ended"),
  EXPORTS_LEASE(
      "refdata.exports.lease",
      duration(),
      "PT30S",
      "how long after a crash another server begins an export again"),
  EXPORTS_TRIES(
      "refdata.exports.tries",
      wholeNumber(1, 1_000),
      "5",
      "how many times an export is begun before it fails"),

  // Values that are worked out from observations while they are read.
  DERIVATION_WINDOW(
      "refdata.derivation.window",
      wholeNumber(1, 1_000_000),
      "100000",
      "periods of `ma`, `ema` and `sum`"),
  DERIVATION_HELD(
      "refdata.derivation.held",
      wholeNumber(1, 10_000_000),
      "200000",
      "results of a series in memory: `last`, or those before the base period of an `index`"),
  DERIVATION_FACTORS(
      "refdata.derivation.factors",
      wholeNumber(1, 1_000_000),
      "10000",
      "pairs of units whose factor is remembered"),

  // Sums over regions, and comparisons of series.
  AGGREGATION_VALUES(
      "refdata.aggregation.values",
      wholeNumber(1_000, 100_000_000),
      "500000",
      "observations that a sum over regions, or a comparison of series, may hold in memory"),
  COMPARISON_SERIES(
      "refdata.comparison.series",
      wholeNumber(2, 1_000),
      "20",
      "series that may be compared with one another"),

  // Facilities near a place, and many items at once.
  NEAR_RADIUS(
      "refdata.near.radius", wholeNumber(1, 20_016), "20016", "largest `radiusKm`, in kilometres"),
  NEAR_ITEMS("refdata.near.items", wholeNumber(1, 10_000), "1000", "largest `k` of `near`"),
  ITEM_BATCH("refdata.items.batch", wholeNumber(1, 10_000), "1000", "items written by one request"),

  // Lines of the log about credentials.
  ACCESS_LOG_LINES(
      "refdata.access.log.lines",
      wholeNumber(0, 100_000),
      "600",
      "lines a minute about credentials that are accepted or refused; more are counted only"),
  ACCESS_LOG_SPAN(
      "refdata.access.log.span",
      duration(),
      "PT1H",
      "for how long the same line is not written again"),
  ACCESS_LOG_REMEMBERED(
      "refdata.access.log.remembered",
      wholeNumber(1, 10_000_000),
      "10000",
      "lines that are remembered for that"),

  // Bounds of answers about observations, and of exports.
  OBSERVATIONS_BYTES(
      "refdata.observations.bytes",
      wholeNumber(1 << 20, 1 << 30),
      "268435456",
      "bytes of an answer with observations that is built in memory: JSON, and any form with a"
          + " `limit`"),
  AGGREGATION_CHANGES(
      "refdata.aggregation.changes",
      wholeNumber(1, 1_000_000),
      "5000",
      "days on which the members of one group or larger region change"),
  EXPORTS_OF_A_CALLER(
      "refdata.exports.of-a-caller",
      wholeNumber(1, 1_000_000),
      "200",
      "exports of one caller that are kept, ended or not; more are refused"),
  EXPORTS_QUERY(
      "refdata.exports.query",
      wholeNumber(100, 10_000_000),
      "65536",
      "characters of the query of an export, which is kept with it"),

  // Rollups: longer periods that are kept beside the observations.
  ROLLUPS(
      "refdata.rollups",
      wholeNumber(1, 100),
      "8",
      "rollups of a dataset; each makes its loads and pushes take longer"),
  ROLLUPS_REGIONS(
      "refdata.rollups.regions",
      wholeNumber(1, 10_000),
      "50",
      "groups and larger regions of a rollup"),

  // Feature sets.
  FEATURES_COLUMNS(
      "refdata.features.columns", wholeNumber(1, 10_000), "200", "features of a feature set"),
  FEATURES_WINDOW(
      "refdata.features.window",
      wholeNumber(1, 1_000_000),
      "10000",
      "largest lag, window, horizon and number of periods of a feature set"),
  FEATURES_CUTOFFS(
      "refdata.features.cutoffs",
      wholeNumber(1, 100_000),
      "1000",
      "cutoffs of one answer of a feature set"),
  FEATURES_SERIES(
      "refdata.features.series",
      wholeNumber(1, 1_000_000),
      "20000",
      "series that the rows of a feature set may be made of"),
  FEATURES_VALUES(
      "refdata.features.values",
      wholeNumber(1_000, 100_000_000),
      "500000",
      "values, present and past, that one answer of a feature set may hold in memory"),
  FEATURES_CELLS(
      "refdata.features.cells",
      wholeNumber(1_000, 100_000_000),
      "1000000",
      "cells of one answer of a feature set"),
  FEATURES_STEPS(
      "refdata.features.steps",
      wholeNumber(1_000, 1_000_000_000_000L),
      "1000000000",
      "values that may be looked at to work out one answer of a feature set"),

  // Facilities by their places.
  PLACE_FACILITIES(
      "refdata.place.facilities",
      wholeNumber(1, 1_000_000),
      "200000",
      "facilities of one answer about places"),
  PLACE_RADIUS(
      "refdata.place.radius",
      wholeNumber(1, 20_016),
      "1000",
      "largest `radiusKm`, `seaKm` and `borderKm` of a feature set, in kilometres"),

  // Calculations, and signals.
  CALCULATION_FUNCTIONS(
      "refdata.calculations.functions", wholeNumber(1, 1_000), "50", "functions of a calculation"),
  CALCULATION_VALUES(
      "refdata.calculations.values",
      wholeNumber(1_000, 100_000_000),
      "1000000",
      "values of the answer to a calculation, those of all frequencies and functions"),
  CALCULATION_BYTES(
      "refdata.calculations.bytes",
      bytesOrShare(),
      "2%",
      "bytes of all kept answers to calculations; 0: none is kept"),
  SIGNALS_MOST("refdata.signals.most", wholeNumber(1, 100_000), "1000", "signals"),
  SIGNALS_VALUES(
      "refdata.signals.values",
      wholeNumber(1, 10_000_000),
      "100000",
      "results of a signal; they are held in memory"),
  SIGNALS_AT_A_TIME(
      "refdata.signals.at-a-time",
      wholeNumber(1, 100),
      "1",
      "signals that are worked out at a time"),
  SIGNALS_EVERY(
      "refdata.signals.every",
      duration(),
      "PT2S",
      "time between two looks for signals whose dataset has changed"),
  SIGNALS_LEASE(
      "refdata.signals.lease",
      duration(),
      "PT1M",
      "how long after a crash a run of a signal is begun again"),
  SIGNALS_TRIES(
      "refdata.signals.tries",
      wholeNumber(1, 1_000),
      "5",
      "how many times a run of a signal is begun before it fails"),
  SIGNALS_RUNS(
      "refdata.signals.runs",
      wholeNumber(1, 1_000_000),
      "1000",
      "runs that are kept of each signal"),
  SIGNALS_PATIENCE(
      "refdata.signals.patience",
      duration(),
      "PT1H",
      "how long a run of a signal is put off while its target is locked, before it fails");

  private final String property;
  private final Kind kind;
  private final String standard;
  private final String meaning;

  Setting(String property, Kind kind, String standard, String meaning) {
    this.property = property;
    this.kind = kind;
    this.standard = standard;
    this.meaning = meaning;
  }

  /** The setting of a name. */
  public static Optional<Setting> of(String property) {
    return Arrays.stream(values()).filter(each -> each.property.equals(property)).findFirst();
  }

  /** Its name as a system property. */
  public String property() {
    return property;
  }

  /** Its name as an environment variable, the same as WildFly uses in an expression. */
  public String variable() {
    return property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  Kind kind() {
    return kind;
  }

  /** The default, in the form of an expression. */
  public String standard() {
    return standard;
  }

  String meaning() {
    return meaning;
  }

  /** The value as a text. */
  public String text() {
    return GivenValue.of(this).orElseGet(() -> GivenValue.expanded(standard));
  }

  /**
   * The value as a whole number.
   *
   * @throws IllegalStateException if it is not a whole number within its bounds
   */
  public long number() {
    return Long.parseLong(checked());
  }

  /** The value as a number of bytes; a share is one of the largest heap. */
  public long bytes() {
    return Kind.bytes(checked());
  }

  /**
   * The value as a duration.
   *
   * @throws IllegalStateException if it is not a duration
   */
  public Duration time() {
    return Duration.parse(checked());
  }

  private String checked() {
    String value = text();
    if (!kind.fits().test(value)) {
      throw new IllegalStateException(property + " must be " + kind.words());
    }
    return value;
  }
}
