/** What an operator sees of the database and its caches, and can do about them. */
@NullMarked
package io.refdata.api.database;

import org.jspecify.annotations.NullMarked;
