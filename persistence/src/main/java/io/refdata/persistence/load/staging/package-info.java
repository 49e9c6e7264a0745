/** The staging tables that a load fills by COPY, and its rejects. */
@NullMarked
package io.refdata.persistence.load.staging;

import org.jspecify.annotations.NullMarked;
