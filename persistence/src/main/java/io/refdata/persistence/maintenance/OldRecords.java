package io.refdata.persistence.maintenance;

import io.refdata.settings.Setting;
import java.time.Duration;
import java.util.List;

/**
 * Records that are deleted when they are old. Actions are none of them: the audit trail says which
 * of them were removed.
 *
 * @param subject what they are
 * @param table with its schema
 * @param old the condition for rows of {@code table}; {@code :kept} are seconds
 * @param kept how long they stay
 */
record OldRecords(String subject, String table, String old, Duration kept) {

  static List<OldRecords> all() {
    Duration samples = Setting.STATISTICS_KEPT.time();
    return List.of(
        new OldRecords(
            "rejects",
            "staging.reject",
            """
            load_id in (select id from raw.load
                         where state in ('COMPLETED', 'FAILED', 'STOPPED')
                           and finished_at < now() - make_interval(secs => :kept))
            """,
            Setting.REJECTS_KEPT.time()),
        sample("statement_sample", samples),
        sample("statement_usage", samples),
        sample("size_sample", samples),
        sample("request_sample", Setting.REQUESTS_KEPT.time()),
        sample("dataset_sample", Setting.SLA_WINDOW.time()),
        new OldRecords(
            "load_quality",
            "performance_monitoring.load_quality",
            """
            at < now() - make_interval(secs => :kept)
            and exists (select from performance_monitoring.load_quality n
                         where n.dataset_id = load_quality.dataset_id and n.load_id > load_quality.load_id
                         order by n.load_id offset 1)
            """,
            Setting.SLA_WINDOW.time()),
        sample("optimization_log", Setting.MAINTENANCE_LOG_KEPT.time()),
        new OldRecords(
            "closed alerts",
            "performance_monitoring.alert",
            "state = 'CLOSED' and closed_at < now() - make_interval(secs => :kept)",
            Setting.ALERTS_KEPT.time()),
        new OldRecords(
            "silences",
            "performance_monitoring.alert_silence",
            "until < now() - make_interval(secs => :kept)",
            Setting.ALERTS_KEPT.time()),
        new OldRecords(
            "ended tokens",
            "ref.token_ending",
            "at < now() - make_interval(secs => :kept)",
            Setting.ACCESS_ENDINGS_KEPT.time()),
        new OldRecords(
            "api keys",
            "ref.api_key",
            "least(revoked_at, expires_at) < now() - make_interval(secs => :kept)",
            Setting.ACCESS_KEPT.time()),
        new OldRecords(
            "batch jobs",
            "job_instance",
            """
            not exists (select from job_execution e
                         where e.jobinstanceid = job_instance.jobinstanceid
                           and (coalesce(e.endtime, e.lastupdatedtime, e.createtime) > now() - make_interval(secs => :kept)
                                or e.jobexecutionid in (select l.execution_id from raw.load l
                                                         where l.state in ('RECEIVED', 'STAGING', 'MERGING')
                                                           and l.execution_id is not null)))
            """,
            Setting.BATCH_KEPT.time()));
  }

  private static OldRecords sample(String table, Duration kept) {
    return new OldRecords(
        table,
        "performance_monitoring." + table,
        "at < now() - make_interval(secs => :kept)",
        kept);
  }
}
