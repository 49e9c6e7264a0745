/**
 * The costs of the statements, the tables and the connections of the database: samples over time,
 * and the state now.
 */
@NullMarked
package io.refdata.persistence.statistics;

import org.jspecify.annotations.NullMarked;
