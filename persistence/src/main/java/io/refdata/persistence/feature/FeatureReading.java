package io.refdata.persistence.feature;

import io.refdata.domain.dataset.RetiredObservations;
import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.domain.feature.Cutoffs;
import io.refdata.domain.feature.EntityStates;
import io.refdata.domain.feature.FeatureCutoff;
import io.refdata.domain.feature.FeatureDataset;
import io.refdata.domain.feature.FeaturePlan;
import io.refdata.domain.feature.FeatureRows;
import io.refdata.domain.feature.KnownWhen;
import io.refdata.domain.feature.Publications;
import io.refdata.domain.feature.ResolvedSource;
import io.refdata.domain.feature.SeriesVersions;
import io.refdata.domain.feature.SeriesVersions.Version;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.persistence.item.ItemColumns;
import io.refdata.persistence.partition.Partition;
import io.refdata.persistence.partition.Partitions;
import io.refdata.persistence.sql.Snapshot;
import io.refdata.persistence.sql.StatementName;
import io.refdata.persistence.sql.Statements;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the rows of a feature set are worked out of: two statements in one snapshot, whatever
 * the number of cutoffs, entities and features. Not to be called in a transaction.
 */
@Dependent
public class FeatureReading {
  private static final String NAME = "FeatureReading.series";
  private static final String VERSIONS = "FeatureReading.versions";
  private static final int MOST_SERIES = (int) Setting.FEATURES_SERIES.number();
  private static final int MOST_VALUES = (int) Setting.FEATURES_VALUES.number();
  private static final int ROWS_AT_A_TIME = 10_000;

  /** Later than each revision, but before what is never replaced ends. */
  static final int NEWEST = Integer.MAX_VALUE - 1;

  private final Jdbi jdbi;

  @Inject
  public FeatureReading(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A series of a dataset. */
  private record Stored(
      int id,
      int created,
      List<String> dimensions,
      @Nullable Instant first,
      @Nullable Instant last) {}

  /** The results of the first statement. */
  private record Known(
      CutoffSql.Read cutoffs,
      List<List<Stored>> series,
      List<Partitions> partitions,
      List<Publications> publications,
      EntityStates states) {}

  /**
   * Reads it.
   *
   * @param cutoffs those of the definition, or others that are asked for
   * @throws UnansweredQuestion if there is more than may be held in memory
   * @throws RetiredObservations if retention has removed some of what was known at a cutoff
   * @throws NoSuchItem if a dataset was deleted since the set was opened
   */
  public FeatureData read(OpenedSet set, Cutoffs cutoffs) {
    try {
      return Snapshot.read(jdbi, connection -> read(connection, set, cutoffs));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FeatureData read(Connection connection, OpenedSet set, Cutoffs cutoffs)
      throws SQLException {
    FeaturePlan plan = set.plan();
    Known known = known(connection, set, cutoffs);
    List<FeatureCutoff> all = known.cutoffs().cutoffs();
    if (cutoffs instanceof Cutoffs.Every) {
      all = all.stream().filter(cutoff -> cutoff.revisions().get(0) > 0).toList();
    }
    if (all.size() > CutoffSql.MOST) {
      throw new UnansweredQuestion(
          "cutoff",
          "must be given: there are more than %,d, and that many are not answered at once"
              .formatted(CutoffSql.MOST));
    }
    FeatureCutoff answer = known.cutoffs().answer();
    for (int i = 0; i < plan.datasets().size(); i++) {
      requireKept(known.partitions().get(i), i, all, answer);
    }
    List<Map<String, SeriesVersions>> series = versions(connection, plan, known);
    int answered = answer == null ? NEWEST : answer.revisions().get(0);
    FeatureRows rows = new FeatureRows(plan, series, known.states(), answered);
    requireBounded(plan, rows, all.size());
    boolean later =
        cutoffs instanceof Cutoffs.Listed listed
            && set.asOf() == null
            && listed.instants().stream().anyMatch(at -> at.isAfter(set.settled()));
    return new FeatureData(List.copyOf(all), rows, later);
  }

  private static void requireKept(
      Partitions partitions,
      int dataset,
      List<FeatureCutoff> cutoffs,
      @Nullable FeatureCutoff answer) {
    Partitions.Retired retired = partitions.retired();
    if (retired == null) {
      return;
    }
    List<FeatureCutoff> all = new ArrayList<>(cutoffs);
    if (answer != null) {
      all.add(answer);
    }
    for (FeatureCutoff cutoff : all) {
      int revision = cutoff.revisions().get(dataset);
      if (revision > 0 && revision < retired.revision()) {
        throw RetiredObservations.ofCutoff(retired.before());
      }
    }
  }

  private static void requireBounded(FeaturePlan plan, FeatureRows rows, int cutoffs) {
    long cells = rows.most() * cutoffs * plan.definition().features().size();
    if (cells > Setting.FEATURES_CELLS.number()) {
      throw tooMuch("%,d cells".formatted(cells), Setting.FEATURES_CELLS.number());
    }
    long steps = rows.steps() * cutoffs;
    if (steps > Setting.FEATURES_STEPS.number()) {
      throw tooMuch("%,d values to look at".formatted(steps), Setting.FEATURES_STEPS.number());
    }
  }

  private static UnansweredQuestion tooMuch(String there, long most) {
    return new UnansweredQuestion(
        "cutoff",
        "must be given: all cutoffs together would have %s, and at most %,d are answered at once"
            .formatted(there, most));
  }

  private static Known known(Connection connection, OpenedSet set, Cutoffs cutoffs)
      throws SQLException {
    FeaturePlan plan = set.plan();
    SourceSql sources = new SourceSql(plan);
    CutoffSql instants = new CutoffSql(set);
    boolean withStates = !plan.properties().isEmpty();
    boolean published = plan.definition().knownWhen() == KnownWhen.PUBLISHED;
    OffsetDateTime at = set.asOf() == null ? null : set.asOf().atOffset(ZoneOffset.UTC);
    Text text = new Text();
    Text changes = null;
    if (withStates) {
      changes = new Text();
      sources.addChanges(changes, MOST_SERIES + 1, at);
    }
    instants.add(text, cutoffs, changes);
    for (int i = 0; i < plan.datasets().size(); i++) {
      text.add(";\n");
      sources.addSeries(text, i, MOST_SERIES + 1);
      text.add(";\n" + Partitions.QUERY, plan.datasets().get(i).id());
      if (published) {
        text.add(";\n");
        new PublicationSql(at).addTogether(text, plan.datasets().get(i).id(), MOST_VALUES);
      }
    }
    if (withStates) {
      text.add(";\n");
      sources.addStates(text, MOST_VALUES + 1);
    }
    try (PreparedStatement statement = Snapshot.first(connection, NAME, text.toString())) {
      text.bind(connection, statement);
      CutoffSql.Read read;
      try (ResultSet rows = Snapshot.query(NAME, statement)) {
        read = instants.read(rows);
      }
      List<List<Stored>> series = new ArrayList<>();
      List<Partitions> partitions = new ArrayList<>();
      List<Publications> publications = new ArrayList<>();
      for (FeatureDataset dataset : plan.datasets()) {
        statement.getMoreResults();
        series.add(series(statement));
        statement.getMoreResults();
        try (ResultSet rows = statement.getResultSet()) {
          partitions.add(
              Partitions.read(rows)
                  .orElseThrow(() -> new NoSuchItem("datasets", dataset.code().value())));
        }
        publications.add(published ? publications(statement) : Publications.SINGLE);
      }
      EntityStates states = new EntityStates();
      if (withStates) {
        statement.getMoreResults();
        readStates(statement, plan.properties(), states);
      }
      return new Known(read, series, partitions, publications, states);
    }
  }

  private static Publications publications(PreparedStatement statement) throws SQLException {
    statement.getMoreResults();
    try (ResultSet rows = statement.getResultSet()) {
      return PublicationSql.readTogether(rows, MOST_VALUES);
    }
  }

  private static List<Stored> series(PreparedStatement statement) throws SQLException {
    List<Stored> series = new ArrayList<>();
    try (ResultSet rows = statement.getResultSet()) {
      while (rows.next()) {
        series.add(
            new Stored(
                rows.getInt(1),
                rows.getInt(2),
                Arrays.asList((String[]) rows.getArray(3).getArray()),
                instant(rows, 4),
                instant(rows, 5)));
      }
    }
    if (series.size() > MOST_SERIES) {
      throw new UnansweredQuestion(
          "entities",
          "are too many: the rows would be made of more than %,d series".formatted(MOST_SERIES));
    }
    return series;
  }

  private static @Nullable Instant instant(ResultSet rows, int column) throws SQLException {
    OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static void readStates(
      PreparedStatement statement, List<Property> properties, EntityStates states)
      throws SQLException {
    try (ResultSet rows = statement.getResultSet()) {
      int count = 0;
      while (rows.next()) {
        if (++count > MOST_VALUES) {
          throw tooManyValues();
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < properties.size(); i++) {
          Object value = ItemColumns.value(properties.get(i), rows, 4 + i);
          values.add(value == null || value instanceof Number ? value : value.toString());
        }
        states.add(
            rows.getString(1),
            new EntityStates.State(
                rows.getInt(2),
                rows.getObject(3, Integer.class),
                Collections.unmodifiableList(values)));
      }
    }
  }

  private static UnansweredQuestion tooManyValues() {
    return new UnansweredQuestion(
        "entities",
        "are too many: the rows would be made of more than %,d values".formatted(MOST_VALUES));
  }

  private static List<Map<String, SeriesVersions>> versions(
      Connection connection, FeaturePlan plan, Known known) throws SQLException {
    Map<Integer, List<Version>> byId = new HashMap<>();
    Text text = new Text();
    String separator = "";
    for (int i = 0; i < plan.datasets().size(); i++) {
      List<Stored> series = known.series().get(i);
      series.forEach(one -> byId.put(one.id(), new ArrayList<>()));
      if (!series.isEmpty()) {
        text.add(separator);
        SourceSql.addVersions(
            text,
            plan.datasets().get(i).id(),
            series.stream().map(Stored::id).toArray(Integer[]::new),
            partitions(known.partitions().get(i), series));
        separator = " union all ";
      }
    }
    if (!byId.isEmpty()) {
      text.add(" limit ?", MOST_VALUES + 1);
      try (PreparedStatement statement =
          connection.prepareStatement(StatementName.tag(text.toString(), VERSIONS))) {
        text.bind(connection, statement);
        statement.setFetchSize(ROWS_AT_A_TIME);
        try (ResultSet rows = Statements.query(VERSIONS, statement)) {
          read(rows, plan, byId);
        }
      }
    }
    return bySource(plan, known, byId);
  }

  private static void read(ResultSet rows, FeaturePlan plan, Map<Integer, List<Version>> byId)
      throws SQLException {
    int count = 0;
    while (rows.next()) {
      if (++count > MOST_VALUES) {
        throw tooManyValues();
      }
      double value = rows.getDouble(3);
      boolean missing = rows.wasNull();
      List<Version> versions = byId.get(rows.getInt(1));
      if (versions != null) {
        versions.add(
            new Version(
                plan.main().frequency().number(rows.getObject(2, OffsetDateTime.class).toInstant()),
                missing ? Double.NaN : value,
                rows.getInt(4),
                rows.getObject(5, Integer.class)));
      }
    }
  }

  /** The partitions in which any of the series ever had a value. */
  private static List<Partition> partitions(Partitions partitions, List<Stored> series) {
    Instant from = null;
    Instant to = null;
    for (Stored one : series) {
      Instant first = one.first();
      Instant last = one.last();
      if (first != null && (from == null || first.isBefore(from))) {
        from = first;
      }
      if (last != null && (to == null || last.isAfter(to))) {
        to = last;
      }
    }
    return from == null || to == null ? List.of() : partitions.over(from, to.plusNanos(1_000));
  }

  private static List<Map<String, SeriesVersions>> bySource(
      FeaturePlan plan, Known known, Map<Integer, List<Version>> byId) {
    Map<Integer, SeriesVersions> versions = new HashMap<>();
    for (int i = 0; i < plan.datasets().size(); i++) {
      Publications publications = known.publications().get(i);
      for (Stored one : known.series().get(i)) {
        List<Version> all = byId.getOrDefault(one.id(), List.of());
        versions.put(
            one.id(),
            new SeriesVersions(
                publications.last(one.created()), all.stream().map(publications::of).toList()));
      }
    }
    List<Map<String, SeriesVersions>> bySource = new ArrayList<>();
    for (ResolvedSource source : plan.sources()) {
      Map<String, SeriesVersions> units = new HashMap<>();
      for (Stored one : known.series().get(source.dataset())) {
        if (source.selects(one.dimensions())) {
          units.put(
              source.unit(one.dimensions()), versions.getOrDefault(one.id(), SeriesVersions.NONE));
        }
      }
      bySource.add(units);
    }
    return bySource;
  }
}
