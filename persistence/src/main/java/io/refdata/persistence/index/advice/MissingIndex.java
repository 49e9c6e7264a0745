package io.refdata.persistence.index.advice;

import io.refdata.persistence.index.advice.Recommendation.Cost;
import io.refdata.persistence.index.advice.Recommendation.Kind;
import io.refdata.persistence.index.advice.Recommendation.State;
import io.refdata.persistence.index.advice.Recommendation.Writes;
import io.refdata.persistence.index.model.RealTable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Words the recommendation of a missing index. */
final class MissingIndex {
  private static final int BLOCK = 8192;
  private static final int ID_BYTES = 8;

  private MissingIndex() {}

  static Recommendation recommendation(
      Candidate candidate,
      List<Cost> gains,
      Set<String> reasons,
      TableFacts facts,
      RealTable real) {
    String id = id(Kind.MISSING, facts.root(), candidate.text());
    String index = candidate.name(facts.name(), id);
    return new Recommendation(
        id,
        Kind.MISSING,
        State.OPEN,
        facts.root(),
        index,
        candidate.text(),
        ddl(index, candidate.text(), facts),
        reason(gains, reasons, facts),
        gains.stream().mapToDouble(one -> one.calls() * one.before()).sum(),
        gains.stream().mapToDouble(one -> one.calls() * one.after()).sum(),
        candidate.pages(real) * BLOCK,
        new Writes(facts.rowsPerDay(), candidate.entryBytes(real) / facts.bytesOfRow()),
        gains,
        null,
        Instant.EPOCH,
        Instant.EPOCH,
        null);
  }

  private static String reason(List<Cost> gains, Set<String> reasons, TableFacts facts) {
    List<String> words = new ArrayList<>(reasons);
    long statements = gains.stream().filter(one -> one.id() != 0).count();
    if (statements > 0) {
      long calls = gains.stream().filter(one -> one.id() != 0).mapToLong(Cost::calls).sum();
      words.add(
          0,
          "%d of the dearest statements, called %d times, read the whole of %s."
              .formatted(statements, calls, facts.root()));
    }
    return String.join(" ", words);
  }

  private static String ddl(String index, String form, TableFacts facts) {
    String words = "using" + form.substring("USING".length());
    if (!facts.partitioned()) {
      return "create index concurrently %s on %s %s".formatted(index, facts.root(), words);
    }
    return """
    create index %1$s on only %2$s %3$s;
    -- then for each partition:
    create index concurrently PARTITION_INDEX on PARTITION %3$s;
    alter index %1$s attach partition PARTITION_INDEX\
    """
        .formatted(index, facts.root(), words);
  }

  /** An id that stays the same for the same index. */
  static String id(Kind kind, String table, String form) {
    String text = kind + " " + table + " " + form;
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
