package io.refdata.api.observation;

import io.refdata.api.response.Csv;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.json.DecimalText;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes CSV with a header line and one line for each observation; a missing value is an empty
 * field. Lines end with a line feed only: all readers of RFC 4180 accept that, and line-based tools
 * then find no carriage return in the last column.
 */
final class CsvWriter implements ObservationWriter {
  private static final int BUFFER = 1 << 15;

  private final Writer out;
  private final DecimalText numbers = new DecimalText();
  private final boolean coverage;
  private final boolean missing;
  private List<String> without = List.of();
  private double share;
  private String series = "";

  CsvWriter(Dataset dataset, OutputStream out, String mark, MoreColumns more) throws IOException {
    this.coverage = more.coverage();
    this.missing = more.missing();
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER);
    this.out.write(mark);
    this.out.write("key");
    for (Dimension dimension : dataset.dimensions()) {
      this.out.write(',');
      this.out.write(Csv.field(dimension.code().value()));
    }
    this.out.write(
        ",time,value,status"
            + (more.action() ? ",action" : "")
            + (coverage ? ",coverage" : "")
            + (missing ? ",missing" : "")
            + "\n");
  }

  @Override
  public void series(Series next) {
    StringBuilder line = new StringBuilder(Csv.field(next.key())).append(',');
    for (String code : next.dimensions()) {
      line.append(Csv.field(code)).append(',');
    }
    series = line.toString();
  }

  @Override
  public void coverage(double next) {
    share = next;
  }

  @Override
  public void missing(List<String> members) {
    without = members;
  }

  @Override
  public void observation(String time, double value, String status, @Nullable String action)
      throws IOException {
    out.write(series);
    out.write(time);
    out.write(',');
    if (Double.isFinite(value)) {
      numbers.write(value, out);
    }
    out.write(',');
    out.write(Csv.field(status));
    if (action != null) {
      out.write(',');
      out.write(action);
    }
    if (coverage) {
      out.write(',');
      if (Double.isFinite(share)) {
        numbers.write(share, out);
      }
    }
    if (missing) {
      out.write(',');
      out.write(String.join(" ", without));
    }
    out.write('\n');
  }

  @Override
  public void end(@Nullable String next) throws IOException {
    out.flush();
  }
}
