/** How many statements a thread has sent to the database, and how long they took. */
@NullMarked
package io.refdata.persistence.statement;

import org.jspecify.annotations.NullMarked;
