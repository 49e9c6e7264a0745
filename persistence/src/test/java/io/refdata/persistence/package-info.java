/** Tests of the platform's connection to the database, with a real database. */
@NullMarked
package io.refdata.persistence;

import org.jspecify.annotations.NullMarked;
