/** The platform's connection to the database. */
@NullMarked
package io.refdata.persistence;

import org.jspecify.annotations.NullMarked;
