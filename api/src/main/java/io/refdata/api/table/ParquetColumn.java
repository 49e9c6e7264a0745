package io.refdata.api.table;

import io.refdata.api.table.Table.Column;
import io.refdata.api.table.Table.Kind;
import java.util.List;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** A column of a Parquet file. It keeps its last text, because many rows have the same. */
final class ParquetColumn {
  private final Column column;
  private final int position;
  private @Nullable Object last;
  private Binary lastText = Binary.EMPTY;

  private ParquetColumn(Column column, int position) {
    this.column = column;
    this.position = position;
  }

  static ParquetColumn[] of(Table table) {
    List<Column> columns = table.columns();
    ParquetColumn[] all = new ParquetColumn[columns.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = new ParquetColumn(columns.get(i), i);
    }
    return all;
  }

  static MessageType schema(Table table) {
    Types.MessageTypeBuilder schema = Types.buildMessage();
    for (Column column : table.columns()) {
      PrimitiveTypeName type =
          switch (column.kind()) {
            case TEXT -> PrimitiveTypeName.BINARY;
            case NUMBER -> PrimitiveTypeName.DOUBLE;
            case WHOLE -> PrimitiveTypeName.INT32;
          };
      var field = column.isRequired() ? Types.required(type) : Types.optional(type);
      schema.addField(
          (column.kind() == Kind.TEXT ? field.as(LogicalTypeAnnotation.stringType()) : field)
              .named(column.name()));
    }
    return schema.named(table.name());
  }

  void write(Object cell, RecordConsumer records) {
    records.startField(column.name(), position);
    switch (column.kind()) {
      case TEXT -> records.addBinary(text(cell));
      case NUMBER -> records.addDouble((Double) cell);
      case WHOLE -> records.addInteger((Integer) cell);
    }
    records.endField(column.name(), position);
  }

  private Binary text(Object cell) {
    if (!cell.equals(last)) {
      last = cell;
      lastText = Binary.fromString(cell.toString());
    }
    return lastText;
  }
}
