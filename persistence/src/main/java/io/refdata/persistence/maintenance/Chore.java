package io.refdata.persistence.maintenance;

/**
 * One thing to do.
 *
 * @param subject the name of a table or an index in SQL, with its schema
 * @param statement what does it
 * @param reason why it is done
 */
record Chore(String subject, String statement, String reason) {}
