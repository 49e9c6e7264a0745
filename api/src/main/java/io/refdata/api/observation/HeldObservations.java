package io.refdata.api.observation;

import io.refdata.api.dataset.ShownPast;
import io.refdata.api.observation.ObservationResponses.ResolvedQuery;
import io.refdata.api.problem.Problem;
import io.refdata.api.request.Parameters;
import io.refdata.api.request.SeriesAddress;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.derivation.HeldColumns;
import io.refdata.persistence.derivation.References;
import io.refdata.persistence.freshness.Dependencies;
import io.refdata.persistence.observation.ObservationRows;
import io.refdata.persistence.observation.Observations;
import io.refdata.persistence.observation.Observations.Question;
import io.refdata.persistence.observation.Observations.Range;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads series of several datasets, in one snapshot, into bounded memory. */
@ApplicationScoped
public class HeldObservations {
  @Inject private RequestedDatasets datasets;
  @Inject private ObservationResponses responses;
  @Inject private Observations observations;

  /**
   * Series of a dataset that are asked for.
   *
   * @param parameter the name of the one that asks for them
   * @param pattern the pattern of their keys, with a part for each dimension
   */
  public record Asked(String parameter, Dataset dataset, List<List<Code>> pattern) {
    /** True if it is the key of one series. */
    public boolean isOneSeries() {
      return pattern.stream().allMatch(codes -> codes.size() == 1);
    }
  }

  /** The results for one of the questions, in the unit of the first if none is asked for. */
  public static final class Held implements Observations.Reader {
    private final Asked asked;
    private final @Nullable Held first;
    private final @Nullable Held previous;
    private ResolvedQuery resolved;
    private @Nullable References references;
    private HeldColumns columns;
    private Collection<Series> series = List.of();

    private Held(
        Asked asked, @Nullable Held first, @Nullable Held previous, ResolvedQuery resolved) {
      this.asked = asked;
      this.first = first;
      this.previous = previous;
      this.resolved = resolved;
      this.columns = new HeldColumns(asked.parameter());
      this.references = resolved.readReferences(range());
    }

    private Range range() {
      return resolved.query().range(0, resolved.revision(), null);
    }

    @Override
    public Range needed(Range range) {
      String unit = first == null ? null : first.unit();
      if (unit != null && !unit.equals(resolved.query().unit())) {
        resolved = resolved.in(unit);
        references = resolved.readReferences(range());
      }
      return resolved.query().needed(range);
    }

    @Override
    public Observations.@Nullable Preparation preparation() {
      return references;
    }

    @Override
    public void read(Map<Integer, Series> selected, ObservationRows rows)
        throws SQLException, IOException {
      series = selected.values();
      columns = new HeldColumns(asked.parameter(), previous == null ? 0 : previous.size());
      columns.read(resolved.query().results(series, rows, range(), references));
    }

    /** The number of observations of this question and of those before it. */
    private long size() {
      return columns.size() + (previous == null ? 0 : previous.size());
    }

    /** The question. */
    public Asked asked() {
      return asked;
    }

    /** The observations of the series that have any in the range. */
    public HeldColumns columns() {
      return columns;
    }

    /** The series, whether they have observations in the range or not. */
    public Collection<Series> series() {
      return series;
    }

    /** The unit of the results: the one that is asked for, or that of the stored series. */
    public @Nullable String unit() {
      String unit = resolved.query().unit();
      return unit == null && !series.isEmpty() ? series.iterator().next().unit() : unit;
    }

    /** The frequency of the results. */
    public Frequency frequency() {
      return resolved.query().frequency();
    }
  }

  /**
   * The dataset of a code.
   *
   * @param parameters hold {@code asOf}, which may ask for a dataset that was deleted later
   * @throws NoSuchItem if there is none
   */
  public Dataset dataset(Code code, Parameters parameters) {
    return datasets.find(code.value(), parameters);
  }

  /**
   * Finds the series that a parameter names.
   *
   * @param text the code of the dataset, a colon and a pattern of keys
   * @param parameters those of the request, which get the faults
   * @return null if it is at fault
   */
  public @Nullable Asked asked(String parameter, String text, Parameters parameters) {
    SeriesAddress address = SeriesAddress.of(text);
    try {
      Dataset dataset = datasets.find(new Code(address.dataset()).value(), parameters);
      return new Asked(parameter, dataset, KeyPattern.parse(address.key(), dataset.dimensions()));
    } catch (NoSuchItem e) {
      parameters.fault(parameter, "'%s' is no dataset".formatted(address.dataset()));
    } catch (IllegalArgumentException e) {
      parameters.fault(
          parameter,
          "'%s' is not a dataset, a colon and the key of a series: %s"
              .formatted(text, e.getMessage()));
    }
    return null;
  }

  /**
   * Reads them.
   *
   * @param given the parameters that are the same for all: {@code from}, {@code to}, {@code asOf} …
   * @throws Problem that names every invalid parameter
   */
  public List<Held> read(List<Asked> asked, Map<String, List<String>> given) {
    List<Held> held = new ArrayList<>();
    List<Question> questions = new ArrayList<>();
    Held first = null;
    Held previous = null;
    for (Asked one : asked) {
      Parameters parameters = Parameters.of(with(given, one));
      Held reader =
          new Held(
              one,
              first,
              previous,
              responses.resolve(
                  ObservationQuery.parse(
                      one.dataset(), parameters, code -> datasets.find(code, parameters)),
                  whole()));
      held.add(reader);
      first = first == null ? reader : first;
      previous = reader;
      questions.add(
          new Question(one.dataset(), reader.resolved.selection(), reader.range(), reader));
    }
    observations.readAll(questions);
    return held;
  }

  /** What the platform itself reads is the whole past. */
  private static boolean whole() {
    ServletRequestContext request = ServletRequestContext.current();
    return request == null || ShownPast.isWhole(request.getExchange());
  }

  private static Map<String, List<String>> with(Map<String, List<String>> given, Asked asked) {
    Map<String, List<String>> all = new HashMap<>(given);
    List<String> parts = new ArrayList<>();
    asked
        .pattern()
        .forEach(
            codes ->
                parts.add(
                    codes.isEmpty()
                        ? "*"
                        : String.join(",", codes.stream().map(Code::value).toList())));
    all.put("key", List.of(String.join(".", parts)));
    return all;
  }

  /** Whether there is any value that is not missing, of any time. It holds none of them. */
  public boolean haveValue(Asked asked) {
    ResolvedQuery resolved =
        responses.resolve(
            ObservationQuery.parse(
                asked.dataset(),
                Parameters.of(with(Map.of(), asked)),
                code -> datasets.find(code, Parameters.of(Map.of()))),
            whole());
    boolean[] found = {false};
    Question question =
        new Question(
            asked.dataset(),
            resolved.selection(),
            resolved.query().range(0, resolved.revision(), null),
            (series, rows) -> {
              while (!found[0] && rows.next()) {
                found[0] = Double.isFinite(rows.value());
              }
            });
    observations.readAll(List.of(question));
    return found[0];
  }

  /** The dependencies of all of them. */
  public static Dependencies dependencies(List<Held> held) {
    Dependencies all = new Dependencies();
    held.forEach(one -> all.add(ObservationResponses.dependencies(one.resolved, one.series)));
    return all;
  }
}
