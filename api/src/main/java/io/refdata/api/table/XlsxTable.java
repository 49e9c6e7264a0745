package io.refdata.api.table;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * Writes a workbook with a header and one row for each row of the table. Texts stay texts, whatever
 * they look like: no cell is a formula. The same table is the same bytes each time. What does not
 * fit on a sheet goes on in another one, with the same header.
 */
public final class XlsxTable implements TableWriter {
  /** The most rows of a sheet, with the header (ISO 29500-1, as all spreadsheets have it). */
  static final int MOST_ROWS = 1_048_576;

  /** The most characters of a text in a cell. */
  private static final int MOST_CHARACTERS = 32_767;

  /** Rows are sent as soon as there are so many. */
  private static final int ROWS_AT_A_TIME = 1_000;

  private static final String VERSION = "1.0";

  private final UndatedWorkbook file;
  private final Workbook book;
  private final Table table;
  private final int mostRows;
  private Worksheet sheet;
  private int sheets;
  private int row;

  public XlsxTable(Table table, OutputStream out) {
    this(table, out, MOST_ROWS);
  }

  /**
   * @param mostRows the most rows of a sheet, with the header
   */
  XlsxTable(Table table, OutputStream out, int mostRows) {
    this.table = table;
    this.mostRows = mostRows;
    this.file = new UndatedWorkbook(out);
    this.book = new Workbook(file, "refdata", VERSION);
    book.setCompressionLevel(Deflater.NO_COMPRESSION); // done by the other
    this.sheet = begin();
  }

  private Worksheet begin() {
    sheets++;
    Worksheet next = book.newWorksheet(sheets == 1 ? table.name() : table.name() + " " + sheets);
    for (int i = 0; i < table.columns().size(); i++) {
      next.inlineString(0, i, table.columns().get(i).name());
    }
    row = 1;
    return next;
  }

  @Override
  public void row(@Nullable Object[] cells) throws IOException {
    if (row == mostRows) {
      sheet.close();
      sheet = begin();
    }
    for (int i = 0; i < cells.length; i++) {
      Object cell = cells[i];
      if (cell instanceof Number number) {
        sheet.value(row, i, number);
      } else if (cell != null) {
        String text = cell.toString();
        sheet.inlineString(
            row, i, text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text);
      }
    }
    row++;
    if (row % ROWS_AT_A_TIME == 0) {
      sheet.flush();
    }
  }

  @Override
  public void end() throws IOException {
    sheet.close();
    book.close();
    file.close();
  }
}
