/** The metrics of the platform, and the ways in which they are given to those who watch it. */
@NullMarked
package io.refdata.persistence.metrics;

import org.jspecify.annotations.NullMarked;
