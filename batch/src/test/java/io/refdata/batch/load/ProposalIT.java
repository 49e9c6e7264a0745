package io.refdata.batch.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.batch.proposal.Proposer;
import io.refdata.db.MigratedDatabase;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.Interval;
import io.refdata.domain.layout.LayoutProposal;
import io.refdata.domain.layout.LayoutProposals.Hints;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proposals for small files, and the results of their loads. */
@SuppressWarnings("NullAway.Init")
class ProposalIT {
  private static final Hints NO_HINTS = new Hints(null, null);

  @TempDir private static Path directory;
  private static MigratedDatabase database;
  private static Pipeline pipeline;
  private static Validator validator;

  @BeforeAll
  static void start() {
    database = MigratedDatabase.create();
    pipeline = new Pipeline(database.dataSource(), directory);
    validator =
        Validation.byDefaultProvider()
            .configure()
            .messageInterpolator(new ParameterMessageInterpolator())
            .buildValidatorFactory()
            .getValidator();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static LayoutProposal propose(Dataset into, String file) throws IOException {
    byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
    return Proposer.propose(pipeline.jdbi(), validator, into, bytes, NO_HINTS);
  }

  private static LayoutProposal propose(String into, String file, Hints hints) throws IOException {
    byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
    return Proposer.propose(
        pipeline.jdbi(), validator, ItemSet.named(into).orElseThrow(), bytes, hints);
  }

  @Test
  void aWideFileHasItsIndicatorsInHeaders() throws IOException {
    Dataset into =
        pipeline.dataset(
            "PW", Frequency.A, Interval.DECADE, "region=regions", "indicator=indicators");
    LayoutProposal proposal =
        propose(
            into,
            "iso_code,country,year,co2,gdp,oil\nFRA,France,2019,1.5,2,3\n"
                + "DEU,Germany,2019,1,2,3\nXXX,Elsewhere,2019,1,2,3\n");
    assertThat(proposal.layout())
        .contains("\"time\":{\"column\":\"year\"}")
        .contains("\"region\":{\"column\":\"iso_code\"}")
        .contains("\"indicator\":{\"header\":true,\"create\":true}")
        .contains("\"values\":{\"exclude\":[\"country\"]}");
    assertThat(proposal.preview().rows().ignored()).isEqualTo(3);
    assertThat(proposal.preview().accepted()).hasSize(6);
    assertThat(proposal.doubts()).anyMatch(doubt -> doubt.text().contains("XXX"));
  }

  @Test
  void dayAndMonthThatCanBeEitherAreADoubt() throws IOException {
    Dataset into = pipeline.dataset("PD", Frequency.D, Interval.DECADE, "region=regions");
    LayoutProposal proposal =
        propose(into, "Country;Day;Value\nFR;01/02/2020;1,5\nDE;02/02/2020;2,5\n");
    assertThat(proposal.layout())
        .contains("\"pattern\":\"dd/MM/yyyy\"", "\"match\":\"alpha2\"", "\"decimal\":\",\"");
    assertThat(proposal.doubts())
        .anyMatch(doubt -> doubt.pointer().equals("/time/pattern"))
        .noneMatch(doubt -> doubt.pointer().isEmpty());
    assertThat(proposal.preview().accepted()).hasSize(2);
  }

  @Test
  void plantsGetTheirFuelByWordsAndTheirRegionByTheNameOfTheFile() throws IOException {
    LayoutProposal proposal =
        propose(
            "facilities",
            "id;name;energy source;capacity [MW];owner\nP1;North;Hard coal;1,234.5;Old Co\n"
                + "P2;South;Natural gas;17.0;New Co\n",
            new Hints(null, "plants-PL.csv"));
    assertThat(proposal.layout())
        .contains("\"code\":{\"column\":\"id\"}")
        .contains("\"Hard coal\":\"COAL\"")
        .contains("\"thousands\":\",\"")
        .contains("\"region\":{\"constant\":\"POL\"}")
        .contains("\"organization\":{\"column\":\"owner\",\"match\":\"name\",\"create\":true}");
    assertThat(proposal.preview().rows().rejected()).isZero();
    assertThat(proposal.preview().accepted().get(0).members())
        .containsEntry("capacityMw", 1234.5)
        .containsEntry("fuel", "COAL");
  }

  @Test
  void whatARequiredPropertyLacksIsSaid() throws IOException {
    LayoutProposal proposal = propose("facilities", "id,name\nP1,North\nP2,South\n", NO_HINTS);
    assertThat(proposal.doubts())
        .anyMatch(doubt -> doubt.pointer().equals("/properties/region"))
        .anyMatch(doubt -> doubt.pointer().equals("/properties/kind"));
    assertThat(proposal.preview().rows().rejected()).isEqualTo(2);
  }
}
