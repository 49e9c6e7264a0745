/** Whether the model of a table costs what the table does. */
@NullMarked
package io.refdata.persistence.index.model;

import org.jspecify.annotations.NullMarked;
