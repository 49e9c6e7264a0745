/** The planner's costs with another set of indexes, without touching the table. */
@NullMarked
package io.refdata.persistence.index.model;

import org.jspecify.annotations.NullMarked;
