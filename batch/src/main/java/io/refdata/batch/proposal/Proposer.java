package io.refdata.batch.proposal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.batch.load.intake.Tally;
import io.refdata.batch.load.item.ItemLayout;
import io.refdata.batch.load.item.ItemPreview;
import io.refdata.batch.load.observation.ObservationPreview;
import io.refdata.batch.proposal.sample.Proposed;
import io.refdata.batch.proposal.sample.Sample;
import io.refdata.batch.proposal.sample.Table;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.domain.layout.LayoutProposal;
import io.refdata.domain.layout.LayoutProposal.Preview;
import io.refdata.domain.layout.LayoutProposal.Rejected;
import io.refdata.domain.layout.LayoutProposal.Row;
import io.refdata.domain.layout.LayoutProposal.Rows;
import io.refdata.domain.layout.LayoutProposals.Hints;
import io.refdata.domain.load.InvalidLoad;
import io.refdata.persistence.layout.LayoutJson;
import io.refdata.persistence.load.Loads;
import io.refdata.persistence.load.staging.Rejects.Reject;
import jakarta.validation.Validator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Proposes a layout for one target, and reads the lines with it. */
public final class Proposer {
  private static final int SHOWN = 20;

  private final Jdbi jdbi;
  private final Validator validator;
  private final Hints hints;
  private final Proposed proposed;

  /** The target of the proposal. */
  private interface Target {
    void find(Table table);

    void preview(
        LayoutDefinition layout, Path file, Tally tally, List<Row> accepted, List<Reject> rejects)
        throws IOException;
  }

  private Proposer(Jdbi jdbi, Validator validator, String into, Hints hints) {
    this.jdbi = jdbi;
    this.validator = validator;
    this.hints = hints;
    this.proposed = new Proposed(into);
  }

  /**
   * Proposes a layout for a dataset.
   *
   * @throws InvalidLoad if the bytes are no text, or no column can be read
   */
  public static LayoutProposal propose(
      Jdbi jdbi, Validator validator, Dataset dataset, byte[] file, Hints hints)
      throws IOException {
    Proposer proposer = new Proposer(jdbi, validator, "datasets/" + dataset.code(), hints);
    return proposer.propose(file, proposer.new IntoDataset(dataset));
  }

  /**
   * Proposes a layout for a collection or a code list.
   *
   * @throws InvalidLoad if the bytes are no text, or no column can be read
   */
  public static LayoutProposal propose(
      Jdbi jdbi, Validator validator, ItemSet set, byte[] file, Hints hints) throws IOException {
    Proposer proposer = new Proposer(jdbi, validator, set.toString(), hints);
    return proposer.propose(file, proposer.new IntoItems(set));
  }

  private LayoutProposal propose(byte[] file, Target target) throws IOException {
    try (Sample sample = Sample.of(file, hints, proposed)) {
      Table table = Table.read(sample.path(), parsed());
      if (table.where(any -> true).isEmpty()) {
        throw new InvalidLoad("No column of the file has a name of its own, to read it by.");
      }
      if (table.faulty() > 0) {
        proposed.doubt(
            "/delimiter",
            "%d of %d lines have not as many fields as the header"
                .formatted(table.faulty(), table.faulty() + table.lines()));
      }
      target.find(table);
      return new LayoutProposal(
          proposed.layout().toString(),
          proposed.reasons(),
          proposed.doubts(),
          preview(sample, target));
    }
  }

  private LayoutDefinition parsed() {
    return LayoutJson.parse(proposed.layout().toString());
  }

  private Preview preview(Sample sample, Target target) throws IOException {
    Tally tally = new Tally();
    List<Row> accepted = new ArrayList<>();
    List<Reject> rejects = new ArrayList<>();
    try {
      target.preview(parsed(), sample.path(), tally, accepted, rejects);
    } catch (InvalidLoad e) {
      proposed.doubt("", "a load with this layout would fail: " + e.getMessage());
    }
    Loads.Staged rows = tally.result();
    return new Preview(
        tally.lineCount(),
        new Rows(rows.read(), rows.rejected(), rows.ignored(), rows.rounded()),
        accepted.stream().limit(SHOWN).toList(),
        rejects.stream()
            .sorted(Comparator.comparing(Reject::line))
            .limit(SHOWN)
            .map(
                reject ->
                    new Rejected(
                        reject.line(),
                        reject.column(),
                        reject.code(),
                        reject.reason(),
                        reject.raw()))
            .toList());
  }

  private final class IntoDataset implements Target {
    private final Dataset dataset;

    private IntoDataset(Dataset dataset) {
      this.dataset = dataset;
    }

    @Override
    public void find(Table table) {
      new DatasetFinder(jdbi, dataset, table, hints, proposed).find();
    }

    @Override
    public void preview(
        LayoutDefinition layout, Path file, Tally tally, List<Row> accepted, List<Reject> rejects)
        throws IOException {
      new ObservationPreview(dataset, tally, accepted::add, rejects::add).read(jdbi, layout, file);
    }
  }

  private final class IntoItems implements Target {
    private final ItemSet set;

    private IntoItems(ItemSet set) {
      this.set = set;
    }

    @Override
    public void find(Table table) {
      ObjectNode properties = proposed.object("properties");
      new CollectionFinder(jdbi, validator, set, table, hints, proposed).find();
      proposed.layout().set("properties", properties);
    }

    @Override
    public void preview(
        LayoutDefinition layout, Path file, Tally tally, List<Row> accepted, List<Reject> rejects)
        throws IOException {
      new ItemPreview(new ItemLayout(set, layout), tally, accepted::add, rejects::add)
          .read(jdbi, validator, file);
    }
  }
}
