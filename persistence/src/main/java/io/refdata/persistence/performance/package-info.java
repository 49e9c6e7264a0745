/**
 * The targets of speed and of thrift, how a figure is judged by them, the page that shows it, and
 * the runs that measured a running system.
 */
@NullMarked
package io.refdata.persistence.performance;

import org.jspecify.annotations.NullMarked;
