/** What can be counted and timed, and how it is given to those who watch the platform. */
@NullMarked
package io.refdata.persistence.metrics;

import org.jspecify.annotations.NullMarked;
