package io.refdata.batch.proposal;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.layout.LayoutProposal;
import io.refdata.domain.layout.LayoutProposal.Note;
import io.refdata.domain.layout.LayoutProposals;
import io.refdata.persistence.dataset.Datasets;
import io.refdata.persistence.item.write.Items;
import io.refdata.persistence.json.Json;
import io.refdata.persistence.layout.Layouts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Finds the target of a proposal, and checks what is proposed as a layout that is written. */
@ApplicationScoped
public class TargetedProposals implements LayoutProposals {
  private static final String DATASETS = "datasets/";

  @Inject private Jdbi jdbi;
  @Inject private Validator validator;
  @Inject private Datasets datasets;
  @Inject private Items items;
  @Inject private Layouts layouts;

  @Override
  @Transactional
  public LayoutProposal propose(String into, byte[] file, Hints hints) {
    try {
      return checked(proposal(into, file, hints));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LayoutProposal proposal(String into, byte[] file, Hints hints) throws IOException {
    if (into.startsWith(DATASETS)) {
      Dataset dataset =
          Code.parse(into.substring(DATASETS.length()))
              .flatMap(datasets::find)
              .orElseThrow(
                  () ->
                      new UnknownTarget(
                          "there is no dataset '" + into.substring(DATASETS.length()) + "'"));
      return Proposer.propose(jdbi, validator, dataset, file, hints);
    }
    ItemSet set =
        ItemSet.named(into)
            .orElseThrow(
                () ->
                    new UnknownTarget(
                        "must be datasets/<code>, code-lists/<code>/codes or a collection"));
    if (set.list() != null && items.find(Catalogue.CODE_LISTS, set.list()).isEmpty()) {
      throw new UnknownTarget("there is no code list '" + set.list() + "'");
    }
    return Proposer.propose(jdbi, validator, set, file, hints);
  }

  /** A proposal that a write would refuse says so. */
  private LayoutProposal checked(LayoutProposal proposal) throws JsonProcessingException {
    List<Note> doubts = new ArrayList<>(proposal.doubts());
    layouts
        .faults(Json.MAPPER.readTree(proposal.layout()))
        .forEach(fault -> doubts.add(new Note(fault.pointer(), fault.detail())));
    return new LayoutProposal(proposal.layout(), proposal.reasons(), doubts, proposal.preview());
  }
}
