package io.refdata.persistence.alert.rule;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.jboss.logging.Logger;

/** The bytes of the heap that garbage collections have left, as the JVM says after each. */
@ApplicationScoped
public class GarbageCollections implements NotificationListener {
  private static final Logger LOG = Logger.getLogger(GarbageCollections.class);

  /** Young collections leave garbage among what is old: the least of some counts. */
  private static final int WATCHED = 10;

  private final ConcurrentSkipListMap<Long, Long> left = new ConcurrentSkipListMap<>();
  private final Set<String> heap =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(MemoryPoolMXBean::getName)
          .collect(Collectors.toSet());
  private boolean listening;

  /** The least bytes that one of the last collections has left; 0 if there was none yet. */
  public synchronized long leastLeft() {
    if (!listening) {
      listening = true;
      ManagementFactory.getGarbageCollectorMXBeans().forEach(this::listen);
    }
    return left.values().stream().mapToLong(Long::longValue).min().orElse(0);
  }

  private void listen(GarbageCollectorMXBean collector) {
    if (collector instanceof NotificationEmitter emitter) {
      emitter.addNotificationListener(this, null, null);
    }
  }

  @PreDestroy
  synchronized void end() {
    if (listening) {
      ManagementFactory.getGarbageCollectorMXBeans().forEach(this::leave);
    }
  }

  private void leave(GarbageCollectorMXBean collector) {
    if (collector instanceof NotificationEmitter emitter) {
      try {
        emitter.removeNotificationListener(this);
      } catch (ListenerNotFoundException e) {
        LOG.debug("It does not listen any more", e);
      }
    }
  }

  @Override
  public void handleNotification(Notification notification, Object handback) {
    if (notification.getUserData() instanceof CompositeData data
        && notification
            .getType()
            .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
      GcInfo info = GarbageCollectionNotificationInfo.from(data).getGcInfo();
      long bytes =
          info.getMemoryUsageAfterGc().entrySet().stream()
              .filter(pool -> heap.contains(pool.getKey()))
              .mapToLong(pool -> pool.getValue().getUsed())
              .sum();
      left.put(info.getEndTime(), bytes);
      while (left.size() > WATCHED) {
        left.pollFirstEntry();
      }
    }
  }
}
