package io.refdata.api.table;

import io.refdata.settings.Setting;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Writes a table in Parquet, with statistics, and dictionaries of what is repeated. One group of
 * rows is in memory at a time, {@code refdata.parquet.row-group} bytes of it.
 */
@SuppressWarnings("deprecation") // Parquet asks for the forms with Hadoop's Configuration
public final class ParquetTable implements TableWriter {
  private final ParquetWriter<@Nullable Object[]> writer;

  public ParquetTable(Table table, OutputStream out) throws IOException {
    writer = new Builder(table, new Streamed(out)).build();
  }

  @Override
  public void row(@Nullable Object[] cells) throws IOException {
    writer.write(cells);
  }

  @Override
  public void end() throws IOException {
    writer.close();
  }

  private static final class Builder extends ParquetWriter.Builder<@Nullable Object[], Builder> {
    private final Table table;

    Builder(Table table, OutputFile file) {
      super(file);
      this.table = table;
      withConf(new PlainParquetConfiguration());
      withCompressionCodec(CompressionCodecName.SNAPPY);
      withWriterVersion(WriterVersion.PARQUET_1_0);
      withRowGroupSize(Setting.PARQUET_ROW_GROUP.number());
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<@Nullable Object[]> getWriteSupport(Configuration none) {
      return new Rows(table);
    }

    @Override
    protected WriteSupport<@Nullable Object[]> getWriteSupport(ParquetConfiguration none) {
      return new Rows(table);
    }
  }

  /** Turns cells into values of columns. */
  private static final class Rows extends WriteSupport<@Nullable Object[]> {
    private final MessageType schema;
    private final Map<String, String> about;
    private final ParquetColumn[] columns;
    private @Nullable RecordConsumer consumer;

    Rows(Table table) {
      this.schema = ParquetColumn.schema(table);
      this.about = table.about();
      this.columns = ParquetColumn.of(table);
    }

    @Override
    public WriteContext init(Configuration none) {
      return new WriteContext(schema, about);
    }

    @Override
    public WriteContext init(ParquetConfiguration none) {
      return new WriteContext(schema, about);
    }

    @Override
    public void prepareForWrite(RecordConsumer records) {
      consumer = records;
    }

    @Override
    public void write(@Nullable Object[] cells) {
      RecordConsumer records = consumer;
      if (records == null) {
        throw new IllegalStateException("A row before the file begins");
      }
      records.startMessage();
      for (int i = 0; i < columns.length; i++) {
        Object cell = cells[i];
        if (cell != null) {
          columns[i].write(cell, records);
        }
      }
      records.endMessage();
    }
  }

  /**
   * A file that is sent while it is written: nothing in Parquet is ever written before what is
   * there.
   */
  private record Streamed(OutputStream out) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSize) {
      return new Counted(out);
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSize) {
      return new Counted(out);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }

  /** Counts the bytes; its stream is closed by who opened it. */
  private static final class Counted extends PositionOutputStream {
    private final OutputStream out;
    private long position;

    Counted(OutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int one) throws IOException {
      out.write(one);
      position++;
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      out.write(bytes, from, count);
      position += count;
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }
}
