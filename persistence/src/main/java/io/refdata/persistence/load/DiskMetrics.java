package io.refdata.persistence.load;

import io.refdata.persistence.metrics.MetricSheet;
import io.refdata.persistence.metrics.MetricSource;
import io.refdata.server.Health;
import io.refdata.server.Health.Part;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The room on the disk that has the files of loads. */
@ApplicationScoped
public class DiskMetrics implements MetricSource {
  private static final String WHAT = "what";
  private static final String PAYLOADS = "payloads";

  /** Fewer free bytes are too few: {@code -Drefdata.health.disk}. */
  private static final long FEW = Setting.HEALTH_DISK.number();

  private volatile @Nullable Room last;

  private record Room(long free, long total) {}

  @Override
  public void sample() {
    try {
      FileStore disk = Files.getFileStore(Path.of(Setting.HOME.text()));
      Room room = new Room(disk.getUsableSpace(), disk.getTotalSpace());
      last = room;
      tell(room);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void tell(Room room) {
    Map<String, Object> seen = Map.of("freeBytes", room.free(), "totalBytes", room.total());
    if (room.free() < FEW) {
      Health.PLATFORM.down(Part.DISK, "there is little room for the files of loads", seen);
    } else {
      Health.PLATFORM.up(Part.DISK, seen);
    }
  }

  @Override
  public void collect(MetricSheet sheet) {
    Room room = last;
    if (room != null) {
      sheet.gauge("refdata_disk_free_bytes", "Free bytes on a disk", room.free(), WHAT, PAYLOADS);
      sheet.gauge("refdata_disk_total_bytes", "Bytes of a disk", room.total(), WHAT, PAYLOADS);
    }
  }
}
