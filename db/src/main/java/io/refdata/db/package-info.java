/** The database as code: its migrations, and the code that runs them. */
@NullMarked
package io.refdata.db;

import org.jspecify.annotations.NullMarked;
