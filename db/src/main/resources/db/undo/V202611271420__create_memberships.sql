drop table ref.membership, ref.membership_aud, ref.conversion, ref.conversion_aud;
drop function
  ref.begin_runs_membership_aud(), ref.end_runs_membership_aud(),
  ref.begin_runs_conversion_aud(), ref.end_runs_conversion_aud();
