/** What questions for observations cost the database. */
@NullMarked
package io.refdata.persistence.dataset;

import org.jspecify.annotations.NullMarked;
