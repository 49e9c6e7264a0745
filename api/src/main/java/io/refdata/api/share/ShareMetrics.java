package io.refdata.api.share;

import io.refdata.persistence.metrics.MetricSheet;
import io.refdata.persistence.metrics.MetricSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/** The running, waiting and refused requests of each share. */
@ApplicationScoped
public class ShareMetrics implements MetricSource {
  @Override
  public void collect(MetricSheet sheet) {
    for (Share share : Share.values()) {
      String name = share.name().toLowerCase(Locale.ROOT);
      Turns turns = share.turns();
      sheet.gauge("refdata_share_running", "Requests that run", turns.running(), "share", name);
      sheet.gauge("refdata_share_waiting", "Requests that wait", turns.waiting(), "share", name);
      sheet.counter(
          "refdata_share_refused",
          "Requests that were refused because too many ran",
          turns.refused(),
          "share",
          name);
    }
  }
}
