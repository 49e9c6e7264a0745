/** What the planner's costs would be with another set of indexes, without touching the table. */
@NullMarked
package io.refdata.persistence.index.model;

import org.jspecify.annotations.NullMarked;
