package io.refdata.api.metrics;

import io.refdata.persistence.metrics.MetricSheet;
import io.refdata.persistence.metrics.MetricSource;
import io.refdata.persistence.metrics.RequestDurations;
import jakarta.enterprise.context.ApplicationScoped;

/** The durations of requests, by address, method, status and outcome of the cache. */
@ApplicationScoped
public class RequestMetrics implements MetricSource {
  @Override
  public void collect(MetricSheet sheet) {
    RequestDurations.REQUESTS
        .all()
        .forEach(
            (kind, durations) ->
                sheet.durations(
                    "http_server_requests_seconds",
                    "From the arrival of a request to the beginning of its response",
                    durations,
                    "method",
                    kind.method(),
                    "uri",
                    kind.uri(),
                    "status",
                    kind.status(),
                    "cache",
                    kind.cache()));
    RequestDurations.STREAMS
        .all()
        .forEach(
            (kind, durations) ->
                sheet.durations(
                    "http_server_streams_seconds",
                    "From the arrival of a request to the end of its response, if that is a stream",
                    durations,
                    "uri",
                    kind.uri(),
                    "status",
                    kind.status()));
  }
}
