package io.refdata.persistence.load.staging;

import io.refdata.persistence.load.staging.StagedPartitions.StagingTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Copies rows into the staged partitions. Rows are gathered by partition and go out by binary COPY
 * when there are enough of them, on connections that work side by side: that needs no routing on
 * the server and no long-lived COPY. Each partition belongs to one connection, so its rows stand in
 * it in the order in which they were added, and where that is the order of the key, as in most
 * files, the key is made without sorting. One thread adds at a time.
 */
public final class ObservationCopy implements AutoCloseable {
  /** The largest batch for one partition. */
  private static final int BATCH_BYTES = 1 << 19;

  /**
   * The limit for all batches together: a sixteenth of the heap, and at most 64 MB. Then a thousand
   * partitions get 64 kB each, about 1,200 rows.
   */
  private static final long MOST_BYTES = Math.min(1 << 26, Runtime.getRuntime().maxMemory() / 16);

  /**
   * The number of copied batches that are stored for use again; further ones, from a peak, are
   * dropped.
   */
  private static final int MOST_SPARE = 16;

  private final StagedPartitions staged;
  private final List<CopyConnection> connections = new ArrayList<>();
  private final Queue<BinaryRows> spare = new ArrayBlockingQueue<>(MOST_SPARE);
  private final TreeMap<Long, Batch> batches = new TreeMap<>();
  private Batch current;
  private long gathered;

  private final class Batch {
    private final StagingTable partition;
    private final CopyConnection connection;
    private @Nullable BinaryRows rows;
    private long count;

    Batch(StagingTable partition, CopyConnection connection) {
      this.partition = partition;
      this.connection = connection;
    }

    void add(long micros, double value, long place, int series, byte status) {
      BinaryRows into = rows;
      if (into == null) {
        into = emptyRows();
        rows = into;
        gathered += into.capacity();
      }
      gathered +=
          partition.places()
              ? into.observation(micros, value, place, series, status)
              : into.observation(micros, value, series, status);
      if (into.size() >= BATCH_BYTES) {
        send();
      }
    }

    void send() {
      BinaryRows sent = rows;
      if (sent == null) {
        return;
      }
      rows = null;
      gathered -= sent.capacity();
      if (partition.table().isEmpty()) {
        return;
      }
      count += sent.count();
      connection.send(partition.table(), sent);
    }
  }

  /**
   * @param count the number of connections
   */
  public ObservationCopy(Jdbi jdbi, StagedPartitions staged, int count) {
    this.staged = staged;
    for (int i = 0; i < count; i++) {
      connections.add(new CopyConnection(jdbi, spare));
    }
    this.current = new Batch(new StagingTable(0, 0, "", false), connections.get(0));
  }

  private BinaryRows emptyRows() {
    BinaryRows rows = spare.poll();
    return rows == null ? new BinaryRows() : rows;
  }

  /**
   * Adds a row.
   *
   * @param micros microseconds since 1970-01-01T00:00:00Z
   * @param place the location of the value in the file
   */
  public void add(long micros, double value, long place, int series, byte status) {
    if (!current.partition.holds(micros)) {
      current = batch(micros);
    }
    current.add(micros, value, place, series, status);
    if (gathered >= MOST_BYTES) {
      current.send();
      sendAll();
    }
  }

  private Batch batch(long micros) {
    Map.Entry<Long, Batch> present = batches.floorEntry(micros);
    if (present != null && present.getValue().partition.holds(micros)) {
      return present.getValue();
    }
    Batch batch =
        new Batch(staged.at(micros), connections.get(batches.size() % connections.size()));
    if (!batch.partition.table().isEmpty()) {
      batches.put(batch.partition.lower(), batch);
    }
    return batch;
  }

  private void sendAll() {
    batches.values().forEach(Batch::send);
  }

  /**
   * Copies all remaining batches, and waits until all rows are in the tables; returns the numbers
   * of rows by table.
   */
  public Map<String, Long> end() {
    sendAll();
    connections.forEach(CopyConnection::end);
    Map<String, Long> counts = new TreeMap<>();
    batches.values().forEach(batch -> counts.put(batch.partition.table(), batch.count));
    return counts;
  }

  @Override
  public void close() {
    connections.forEach(CopyConnection::close);
  }
}
