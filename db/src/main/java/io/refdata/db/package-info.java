/** The database as code: its migrations, and what runs them. */
@NullMarked
package io.refdata.db;

import org.jspecify.annotations.NullMarked;
