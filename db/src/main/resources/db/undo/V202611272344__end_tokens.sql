-- Tokens that were ended are good again until their `exp`: have the provider change its keys first.
drop table ref.token_ending;
