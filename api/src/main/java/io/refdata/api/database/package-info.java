/** The state of the database and its caches, for operators. */
@NullMarked
package io.refdata.api.database;

import org.jspecify.annotations.NullMarked;
